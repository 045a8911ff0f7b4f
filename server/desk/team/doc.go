// Package team is the people who answer: accounts and roles, and the access rule. It stores no passwords (package auth
// does) and knows no connections (package hub does).
package team
