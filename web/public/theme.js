// Runs before the first paint, in a file of its own so that the page needs no inline script: no flash of the wrong theme.
(function () {
  var theme = 'system';
  try {
    theme = localStorage.getItem('clinigraph.theme') || 'system';
  } catch {
    // Storage may be shut; the system's theme it is.
  }
  var dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.classList.toggle('dark', dark);
})();
