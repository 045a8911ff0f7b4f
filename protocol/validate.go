//go:build !tinygo && !js

package protocol

import (
	"errors"
	"reflect"
	"strings"
	"sync"

	"github.com/go-playground/validator/v10"
)

// rules is made at the first command: what only encodes never pays for it. It is not changed afterwards.
var rules = sync.OnceValue(func() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(f reflect.StructField) string {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		return name
	})
	must := v.RegisterValidation("id", func(f validator.FieldLevel) bool { return IsID(f.Field().String()) })
	if must != nil {
		panic(must)
	}
	return v
})

// validate holds a command to the rules in its struct's tags and names the first broken one, by its name on the wire:
// "field=looks.name rule=max limit=80". Text above its limit is too_long, all else invalid.
func validate(body Body) *Refusal {
	err := rules().Struct(body)
	if err == nil {
		return nil
	}
	var broken validator.ValidationErrors
	if !errors.As(err, &broken) || len(broken) == 0 {
		return Refuse(CodeInternal, "rules")
	}
	first := broken[0]
	_, field, _ := strings.Cut(first.Namespace(), ".")
	code, reason := CodeInvalid, "field="+field+" rule="+first.Tag()
	switch first.Tag() {
	case "max", "min", "len":
		reason += " limit=" + first.Param()
	case "oneof":
		reason += " allowed=" + strings.ReplaceAll(first.Param(), " ", "|")
	}
	if first.Tag() == "max" && first.Kind() == reflect.String {
		code = CodeTooLong
	}
	return Refuse(code, reason)
}
