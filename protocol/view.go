package protocol

// Views that every operator has. Inbox.Views counts them beside the saved ones.
const (
	ViewMine       ViewID = "00000000000000000000000001"
	ViewWaiting    ViewID = "00000000000000000000000002"
	ViewUnassigned ViewID = "00000000000000000000000003"
)

// BuiltInViews are all of them, in the order of the screen.
var BuiltInViews = [...]ViewID{ViewMine, ViewWaiting, ViewUnassigned}

// BuiltInFilter is what one of them shows to an operator; false for another view.
func BuiltInFilter(id ViewID, me OperatorID) (Filter, bool) {
	f := Filter{Activities: []Activity{Active}}
	switch id {
	case ViewMine:
		f.Assignees = []OperatorID{me}
	case ViewWaiting:
		f.Reply = ReplyOwed
	case ViewUnassigned:
		f.Unassigned = true
	default:
		return Filter{}, false
	}
	return f, true
}
