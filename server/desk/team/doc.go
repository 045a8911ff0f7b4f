// Package team is the people who answer: accounts, roles, groups and their rights, who serves which channel, and the
// access rule. It stores no passwords (package auth does) and knows no connections (package hub does).
package team
