// A list of errors at the head of a form takes the focus when the page opens.
document.querySelector("[data-focus]")?.focus();
