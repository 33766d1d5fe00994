/**
 * Opens a document in a window of its own. The window opens at once, while the press still counts as one, and goes to the
 * address when it is known; null closes it again. False when the browser lets no window open.
 *
 * @param address  of the server's own; opened where this app is served, whatever name the server knows itself by
 */
export async function openDocument(address: () => Promise<string | null>): Promise<boolean> {
  const target = window.open('', '_blank');
  if (target === null) return false;
  try {
    const found = await address();
    if (found === null) target.close();
    else {
      const { pathname, search } = new URL(found, location.origin);
      target.location.href = new URL(pathname + search, location.origin).href;
    }
    return true;
  } catch (error) {
    target.close();
    throw error;
  }
}
