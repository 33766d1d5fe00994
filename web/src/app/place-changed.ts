const key = 'clinigraph.placeChanged';

/** Starts the app anew in the role or clinic that the person has now, and remembers to say why. */
export function reloadInNewPlace(): void {
  sessionStorage.setItem(key, 'yes');
  location.reload();
}

/** Whether this start followed such a change; true once. */
export function takePlaceChanged(): boolean {
  const isChanged = sessionStorage.getItem(key) !== null;
  sessionStorage.removeItem(key);
  return isChanged;
}
