import { computed, inject, provide, reactive, type ComputedRef, type InjectionKey } from 'vue';

interface Unsaved {
  readonly mark: (section: string, isDirty: boolean) => void;
  readonly names: ComputedRef<readonly string[]>;
}

const unsavedKey: InjectionKey<Unsaved> = Symbol('unsaved');

/** Which sections of a page hold something that is not saved. */
export function provideUnsaved(): Unsaved {
  const sections = reactive(new Set<string>());
  const unsaved: Unsaved = {
    mark: (section, isDirty) => {
      if (isDirty) sections.add(section);
      else sections.delete(section);
    },
    names: computed(() => [...sections]),
  };
  provide(unsavedKey, unsaved);
  return unsaved;
}

export function useUnsaved(): Unsaved {
  const unsaved = inject(unsavedKey);
  if (!unsaved) throw new Error('A settings section needs the settings page above it.');
  return unsaved;
}
