import { inject, provide, ref, type InjectionKey, type Ref } from 'vue';

export interface Shell {
  readonly areMessagesOpen: Ref<boolean>;
  readonly openShortcutSheet: () => void;
  readonly openPalette: () => void;
}

const shellKey: InjectionKey<Shell> = Symbol('shell');

/** The overlays that the shell owns and any page may open. */
export function provideShell(open: Pick<Shell, 'openShortcutSheet' | 'openPalette'>): Shell {
  const shell: Shell = { areMessagesOpen: ref(false), ...open };
  provide(shellKey, shell);
  return shell;
}

export function useShell(): Shell {
  const shell = inject(shellKey);
  if (!shell) throw new Error('useShell needs the app layout above it.');
  return shell;
}
