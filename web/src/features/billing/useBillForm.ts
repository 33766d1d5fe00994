import { computed, ref, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { toAppError } from '../../app/errors.ts';
import { useViewer } from '../../app/session.ts';
import type { AppError } from '../../composables/app-error.ts';
import type { UserErrorLike } from '../../composables/form-errors.ts';
import type { BillItemInput, StaffBillFragment } from '../../gql/graphql.ts';
import { emptyLine, mostLines, placeOnBill, readBill, type BillDraft, type DraftLine } from './bill-draft.ts';
import type { BillAnswer } from './useBillSteps.ts';

export interface BillFormMistakes {
  /** By line and field, such as 0.unitPrice, or discount. */
  readonly fields: Readonly<Record<string, string>>;
  readonly form: readonly string[];
}

interface BillContent {
  readonly items: BillItemInput[];
  readonly discount: string;
  readonly notes: string | null;
}

const none: BillFormMistakes = { fields: {}, form: [] };

function sorted(errors: readonly UserErrorLike[], places: readonly number[]): BillFormMistakes {
  const fields: Record<string, string> = {};
  const form: string[] = [];
  for (const { field, message } of errors) {
    const place = placeOnBill(field ?? [], places);
    if (place === null) form.push(message);
    else fields[place] ??= message;
  }
  return { fields, form };
}

/** The lines as they are typed, and what they come to. */
function useDraft(initial: () => BillDraft) {
  const viewer = useViewer();
  const draft = ref<BillDraft>(initial());
  const read = computed(() => readBill(draft.value, viewer.value.clinic.currency));
  return {
    draft,
    read,
    preview: computed(() => read.value.preview),
    canAdd: computed(() => draft.value.lines.length < mostLines),
    addLine: (line: DraftLine = emptyLine()): void => {
      if (draft.value.lines.length < mostLines) draft.value.lines.push(line);
    },
    removeLine: (index: number): void => {
      draft.value.lines.splice(index, 1);
      if (draft.value.lines.length === 0) draft.value.lines.push(emptyLine());
    },
  };
}

/** The lines of a bill from the first letter until the server has taken it. */
export function useBillForm(initial: () => BillDraft) {
  const { t } = useI18n();
  const { read, ...lines } = useDraft(initial);
  const mistakes = shallowRef<BillFormMistakes>(none);
  const failure = shallowRef<AppError | null>(null);
  const isBusy = ref(false);

  function ownMistakes(): BillFormMistakes {
    const words = [...read.value.mistakes].map(([place, kind]) => [place, t(`bill.mistake.${kind}`)] as const);
    const form = words.filter(([place]) => place === 'form').map(([, sentence]) => sentence);
    return { fields: Object.fromEntries(words.filter(([place]) => place !== 'form')), form };
  }

  /** Null while something is in the way: it is on the form then. */
  async function send(save: (content: BillContent) => Promise<BillAnswer>): Promise<StaffBillFragment | null> {
    if (isBusy.value) return null;
    mistakes.value = ownMistakes();
    failure.value = null;
    if (read.value.mistakes.size > 0) return null;
    isBusy.value = true;
    const { items, discount, places } = read.value;
    try {
      const notes = lines.draft.value.notes.trim() || null;
      const answer = await save({ items: [...items], discount, notes });
      mistakes.value = sorted(answer.userErrors, places);
      return answer.userErrors.length > 0 ? null : answer.bill;
    } catch (error) {
      failure.value = toAppError(error);
      return null;
    } finally {
      isBusy.value = false;
    }
  }

  function reset(): void {
    lines.draft.value = initial();
    mistakes.value = none;
    failure.value = null;
  }

  return { ...lines, mistakes, failure, isBusy, send, reset };
}
