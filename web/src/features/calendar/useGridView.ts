import { computed, onBeforeUnmount, onMounted, ref, type Ref } from 'vue';
import { columnsInView, columnWidthOf, gutterPixels, type CalendarColumn, type GridShape } from './grid-geometry.ts';
import type { Stretch } from './lanes.ts';

interface GridViewOptions {
  scroller: Readonly<Ref<HTMLElement | null>>;
  columns: () => readonly CalendarColumn[];
  hours: () => Stretch;
  /** How narrow a column may become, pixels. */
  leastWidth: () => number;
}

/** Follows what of the grid can be seen; columns out of sight are not drawn. */
export function useGridView({ scroller, columns, hours, leastWidth }: GridViewOptions) {
  const roomPixels = ref(0);
  const scrollLeft = ref(0);
  let frame = 0;

  function look(): void {
    frame = 0;
    const element = scroller.value;
    if (!element) return;
    roomPixels.value = Math.max(0, element.clientWidth - gutterPixels);
    scrollLeft.value = Math.abs(element.scrollLeft);
  }
  const lookSoon = (): void => {
    if (frame === 0) frame = requestAnimationFrame(look);
  };
  const observer = new ResizeObserver(lookSoon);

  onMounted(() => {
    look();
    if (scroller.value) observer.observe(scroller.value);
  });
  onBeforeUnmount(() => {
    observer.disconnect();
    cancelAnimationFrame(frame);
  });

  const columnWidth = computed(() => columnWidthOf(columns().length, roomPixels.value, leastWidth()));
  const shape = computed<GridShape>(() => ({
    columnCount: columns().length,
    columnWidth: columnWidth.value,
    hours: hours(),
  }));
  const from = computed(() => columnsInView(shape.value, scrollLeft.value, roomPixels.value).from);
  const to = computed(() => columnsInView(shape.value, scrollLeft.value, roomPixels.value).to);

  return {
    shape,
    onScroll: lookSoon,
    visible: computed(() =>
      columns()
        .slice(from.value, to.value)
        .map((column, index) => ({ column, index: from.value + index })),
    ),
    /** Brings a column into view, before something in it takes the focus. */
    showColumn: (index: number): void => {
      const element = scroller.value;
      if (!element) return;
      const left = index * columnWidth.value;
      if (left < element.scrollLeft) element.scrollLeft = left;
      else if (left + columnWidth.value > element.scrollLeft + roomPixels.value)
        element.scrollLeft = left + columnWidth.value - roomPixels.value;
      look();
    },
  };
}
