import { onBeforeUnmount, onMounted, shallowRef, type Ref } from 'vue';
import { movedStart, pointAt, resizedLength, type CalendarColumn, type GridShape } from './grid-geometry.ts';
import type { Placed } from './placed-appointments.ts';

/** Where something that is being dragged would come to stand. */
export interface Ghost {
  readonly placed: Placed;
  readonly kind: 'move' | 'resize';
  readonly columnIndex: number;
  readonly startMinute: number;
  readonly lengthMinutes: number;
}

interface GridDragOptions {
  scroller: Readonly<Ref<HTMLElement | null>>;
  canvas: Readonly<Ref<HTMLElement | null>>;
  shape: () => GridShape;
  columns: () => readonly CalendarColumn[];
  find: (id: string) => Placed | null;
  onDrop: (ghost: Ghost) => void;
}

interface Grip {
  readonly placed: Placed;
  readonly kind: Ghost['kind'];
  readonly fromColumn: number;
  /** How far below its start it was taken, minutes. */
  readonly offsetMinutes: number;
  readonly pointerId: number;
  readonly startX: number;
  readonly startY: number;
  x: number;
  y: number;
}

/** A mouse drags once it has moved, pixels; a finger once it has rested, so that it can still scroll. */
const mouseSlack = 4;
const fingerSlack = 10;
const holdMs = 350;
/** Near an edge the grid scrolls along, pixels; so many of them a frame. */
const edgePixels = 44;
const edgeSpeed = 14;

function edgePull(at: number, from: number, to: number): number {
  if (at < from + edgePixels) return -edgeSpeed;
  return at > to - edgePixels ? edgeSpeed : 0;
}

function scrollAtEdges(element: HTMLElement, { x, y }: Grip): void {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  element.scrollLeft += edgePull(x, left, right);
  element.scrollTop += edgePull(y, top, bottom);
}

/** Says where the ghost of a grip stands under the pointer. */
function ghostAt(grip: Grip, shape: GridShape, area: DOMRect): Ghost {
  const { placed, kind } = grip;
  const { columnIndex, minute } = pointAt(shape, grip.x - area.left, grip.y - area.top);
  const lengthMinutes = placed.endMinute - placed.startMinute;
  if (kind === 'resize') {
    const length = resizedLength(placed.startMinute, minute, shape.hours);
    return { placed, kind, columnIndex: grip.fromColumn, startMinute: placed.startMinute, lengthMinutes: length };
  }
  const startMinute = movedStart(minute - grip.offsetMinutes, lengthMinutes, shape.hours);
  return { placed, kind, columnIndex, startMinute, lengthMinutes };
}

const isSame = (one: Ghost | null, other: Ghost): boolean =>
  one?.columnIndex === other.columnIndex &&
  one.startMinute === other.startMinute &&
  one.lengthMinutes === other.lengthMinutes;

const isWhereItWas = ({ placed, columnIndex, startMinute, lengthMinutes }: Ghost, fromColumn: number): boolean =>
  columnIndex === fromColumn &&
  startMinute === placed.startMinute &&
  lengthMinutes === placed.endMinute - placed.startMinute;

function markPage(isDragging: boolean): void {
  document.documentElement.classList.toggle('dragging-appointment', isDragging);
}

/** Holds what is dragged: from the grip, over the ghost, to the drop. */
function createDrag({ scroller, canvas, shape, onDrop }: GridDragOptions) {
  const ghost = shallowRef<Ghost | null>(null);
  let grip: Grip | null = null;
  let isActive = false;
  let hasJustDropped = false;
  let [timer, frame] = [0, 0];

  /** Draws the ghost and scrolls at the edges, frame by frame, until it is let go. */
  function follow(): void {
    const [element, area] = [scroller.value, canvas.value?.getBoundingClientRect()];
    if (!isActive || !grip || !element || !area) return;
    scrollAtEdges(element, grip);
    const next = ghostAt(grip, shape(), area);
    ghost.value = isSame(ghost.value, next) ? ghost.value : next;
    frame = requestAnimationFrame(follow);
  }

  function begin(): void {
    if (!grip || isActive) return;
    isActive = true;
    markPage(true);
    follow();
  }

  function end(isDropped: boolean): void {
    const [held, last, wasActive] = [grip, ghost.value, isActive];
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    markPage(false);
    [grip, isActive, ghost.value] = [null, false, null];
    hasJustDropped = wasActive;
    if (wasActive && isDropped && held && last && !isWhereItWas(last, held.fromColumn)) onDrop(last);
  }

  return {
    ghost,
    end,
    isHeld: (pointerId?: number) => grip !== null && (pointerId === undefined || grip.pointerId === pointerId),
    isActive: () => isActive,
    /** The release that ends a drag is no press on what lies under it, not even after Escape; the next one is. */
    letGo: (): void => void setTimeout(() => (hasJustDropped = false), 0),
    hasJustDropped: () => hasJustDropped,
    take: (next: Grip, isTouch: boolean): void => {
      grip = next;
      if (isTouch) timer = window.setTimeout(begin, holdMs);
    },
    moveTo: (x: number, y: number, isTouch: boolean): void => {
      if (!grip) return;
      Object.assign(grip, { x, y });
      const distance = Math.hypot(x - grip.startX, y - grip.startY);
      if (isActive) return;
      if (isTouch && distance > fingerSlack) end(false);
      else if (!isTouch && distance > mouseSlack) begin();
    },
  };
}

/** Reads what a press on a block takes hold of; null where there is nothing to move. */
function gripOf(event: PointerEvent, { canvas, shape, columns, find }: GridDragOptions): Grip | null {
  const target = event.target instanceof Element ? event.target : null;
  const block = target?.closest<HTMLElement>('[data-movable]');
  const placed = find(block?.dataset['appointmentId'] ?? '');
  const area = canvas.value?.getBoundingClientRect();
  if (!placed || !area || event.button !== 0) return null;
  const { clientX: x, clientY: y, pointerId } = event;
  const { minute } = pointAt(shape(), x - area.left, y - area.top);
  return {
    placed,
    kind: target?.closest('[data-resize]') ? 'resize' : 'move',
    fromColumn: columns().findIndex(({ day, doctor }) => day === placed.day && doctor.id === placed.row.doctor.id),
    offsetMinutes: minute - placed.startMinute,
    pointerId,
    startX: x,
    startY: y,
    x,
    y,
  };
}

/**
 * Dragging by mouse, pen and finger. Only the ghost is drawn anew on the way, and only when it snaps to another place;
 * what happens to the drop is for others to say.
 */
export function useGridDrag(options: GridDragOptions) {
  const drag = createDrag(options);
  const isTouch = ({ pointerType }: PointerEvent): boolean => pointerType === 'touch';

  const onMove = (event: PointerEvent): void => {
    if (drag.isHeld(event.pointerId)) drag.moveTo(event.clientX, event.clientY, isTouch(event));
  };
  const onUp = (event: PointerEvent): void => {
    if (drag.isHeld(event.pointerId)) drag.end(true);
    drag.letGo();
  };
  const onCancel = (event: PointerEvent): void => {
    if (drag.isHeld(event.pointerId)) drag.end(false);
    drag.letGo();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !drag.isHeld()) return;
    event.preventDefault();
    event.stopPropagation();
    drag.end(false);
  };
  /** A finger that holds an appointment moves it, not the page; and it opens no menu. */
  const onTouch = (event: Event): void => {
    if (drag.isActive()) event.preventDefault();
  };
  const onMenu = (event: Event): void => {
    if (drag.isHeld()) event.preventDefault();
  };

  onMounted(() => {
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', onCancel);
    window.addEventListener('keydown', onKey, { capture: true });
    options.scroller.value?.addEventListener('touchmove', onTouch, { passive: false });
    options.scroller.value?.addEventListener('contextmenu', onMenu);
  });
  onBeforeUnmount(() => {
    drag.end(false);
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    window.removeEventListener('pointercancel', onCancel);
    window.removeEventListener('keydown', onKey, { capture: true });
  });

  return {
    ghost: drag.ghost,
    hasJustDropped: drag.hasJustDropped,
    onPointerDown: (event: PointerEvent): void => {
      const grip = drag.isHeld() ? null : gripOf(event, options);
      if (grip) drag.take(grip, isTouch(event));
    },
  };
}
