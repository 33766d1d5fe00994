type TextField = HTMLInputElement | HTMLTextAreaElement;

const isTextField = (element: Element | null): element is TextField =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;

/** Remembers where somebody was writing; the answer puts them back there, cursor included. */
export function rememberFocus(): () => void {
  const element = document.activeElement;
  const [start, end] = isTextField(element) ? [element.selectionStart, element.selectionEnd] : [null, null];

  return () => {
    if (!(element instanceof HTMLElement) || !element.isConnected) return;
    // A browser that gives the focus back while the page is still hidden leaves the field without a cursor.
    element.blur();
    element.focus();
    if (isTextField(element) && start !== null) element.setSelectionRange(start, end);
  };
}
