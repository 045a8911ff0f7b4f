package browser

import "testing"

func TestAShopVisitorAndAnOperatorTalk(t *testing.T) {
	t.Parallel()
	onEveryBuild(t, aShopVisitorAndAnOperatorTalk)
}

func aShopVisitorAndAnOperatorTalk(t *testing.T, with build) {
	h := with.demo(t)
	ann := somebody(t, looks{width: 1440, height: 900}).signIn(h, "ann@example.com")
	ann.shot("console")
	kira := somebody(t, looks{})
	kira.open(h.shop)
	kira.shot("shop")
	kira.press("button", "Open chat")
	widget := kira.frame()
	widget.see("button", "Close chat")
	widget.see("textbox", "Message")
	kira.shot("widget-empty")
	widget.fill("Message", "Do you deliver to Tbilisi?")
	widget.press("button", "Send")
	widget.says("Do you deliver to Tbilisi?")
	widget.state("Do you deliver to Tbilisi?", "Delivered") // Ann's console has it, she has not looked
	kira.shot("widget-sent")
	ann.says("Do you deliver to Tbilisi?")
	ann.pressRow("Do you deliver to Tbilisi?")
	widget.state("Do you deliver to Tbilisi?", "Read")
	ann.fill("Reply", "We do, in four days.")
	ann.press("button", "Send")
	widget.says("We do, in four days.")
	ann.state("We do, in four days.", "Read")
	ann.shot("console-talk")
	kira.shot("widget-talk")
}
