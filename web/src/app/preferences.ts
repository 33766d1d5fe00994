import { defineStore } from 'pinia';
import { ref, watch } from 'vue';

export type Theme = 'light' | 'dark' | 'system';

function readText(key: string, fallback: string): string {
  try {
    return localStorage.getItem(key) ?? fallback;
  } catch {
    return fallback;
  }
}

function writeText(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A shut storage costs the preference, not the app.
  }
}

function isTheme(value: string): value is Theme {
  return value === 'light' || value === 'dark' || value === 'system';
}

function storedFlag(key: string, fallback: boolean) {
  const flag = ref(readText(key, String(fallback)) === 'true');
  watch(flag, (value) => writeText(key, String(value)));
  return flag;
}

/** What this person likes on this device. The theme's key is also read by theme.js, before the app is there. */
export const usePreferences = defineStore('preferences', () => {
  const stored = readText('clinigraph.theme', 'system');
  const theme = ref<Theme>(isTheme(stored) ? stored : 'system');
  const isSidebarFolded = storedFlag('clinigraph.sidebarFolded', false);
  const hasCompactRows = storedFlag('clinigraph.compactRows', false);
  const hasEyeExam = storedFlag('clinigraph.eyeExam', false);
  const hasShortcuts = storedFlag('clinigraph.shortcuts', true);

  const systemDark = matchMedia('(prefers-color-scheme: dark)');
  const apply = (): void => {
    const isDark = theme.value === 'dark' || (theme.value === 'system' && systemDark.matches);
    document.documentElement.classList.toggle('dark', isDark);
  };
  systemDark.addEventListener('change', apply);
  watch(theme, (value) => {
    writeText('clinigraph.theme', value);
    apply();
  });
  apply();

  return { theme, isSidebarFolded, hasCompactRows, hasEyeExam, hasShortcuts };
});
