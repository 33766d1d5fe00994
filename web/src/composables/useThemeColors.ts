import { onScopeDispose, shallowRef, triggerRef } from 'vue';

/** A drawing library knows rgb() alone; the theme is written in newer notations. A pixel knows what they mean. */
function asRgb(color: string): string {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (!context) return color;
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 255] = context.getImageData(0, 0, 1, 1).data;
  return `rgba(${red},${green},${blue},${alpha / 255})`;
}

/** The theme's colours behind some custom properties, for what draws by itself; they follow a change to light or dark. */
export function useThemeColors(): (name: `--ui-${string}`) => string {
  const root = document.documentElement;
  const style = shallowRef(getComputedStyle(root));
  const observer = new MutationObserver(() => {
    triggerRef(style);
  });
  observer.observe(root, { attributes: true, attributeFilter: ['class'] });
  onScopeDispose(() => observer.disconnect());
  return (name) => asRgb(style.value.getPropertyValue(name));
}
