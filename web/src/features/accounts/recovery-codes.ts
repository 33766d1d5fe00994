/** The codes as a page to keep: what they are for, and one a line. */
export function recoveryPage(title: string, codes: readonly string[]): string {
  return [title, '', ...codes, ''].join('\n');
}

export function saveRecoveryCodes(title: string, codes: readonly string[]): void {
  const url = URL.createObjectURL(new Blob([recoveryPage(title, codes)], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'clinigraph-recovery-codes.txt';
  link.click();
  URL.revokeObjectURL(url);
}

/** Prints the codes alone, without the page around them. */
export function printRecoveryCodes(title: string, codes: readonly string[]): void {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.addEventListener('load', () => {
    const page = frame.contentDocument?.createElement('pre');
    if (!page) return;
    page.textContent = recoveryPage(title, codes);
    frame.contentDocument?.body.replaceChildren(page);
    frame.contentWindow?.addEventListener('afterprint', () => frame.remove());
    frame.contentWindow?.print();
  });
  document.body.append(frame);
}
