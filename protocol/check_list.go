//go:build !tinygo && !js

package protocol

// What is asked of the list: filters, saved ones, and acts on many conversations.

func (z *ViewCreate) clean() { z.Name = CleanName(z.Name) }

func (z *ViewChange) clean() { z.Name = CleanName(z.Name) }

func (z *ViewCreate) check() *Refusal { return z.Filter.check() }

func (z *ViewChange) check() *Refusal { return z.Filter.check() }

func (z *InboxLook) check() *Refusal { return z.Filter.check() }

// check refuses a filter that wants contacts without a tag, and with one.
func (f *Filter) check() *Refusal {
	if f.Untagged && (f.Pinned || len(f.Tags) > 0) {
		return Refuse(CodeInvalid, "field=filter.untagged")
	}
	return nil
}

// check refuses an act without what it needs.
func (z *ConversationsChange) check() *Refusal {
	switch {
	case z.Act == ActStatus && z.Status == "":
		return Refuse(CodeInvalid, "field=status")
	case (z.Act == ActTag || z.Act == ActUntag) && z.Tag == "":
		return Refuse(CodeInvalid, "field=tag")
	}
	return nil
}
