// Package face is how a person looks where there is little room: a picture, or initials on a calm tint that stays the
// same for the same id. Pure; both apps draw with it.
package face
