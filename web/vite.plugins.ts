import ui from '@nuxt/ui/vite';
import vue from '@vitejs/plugin-vue';
import type { Plugin, PluginOption } from 'vite';

/**
 * Bundled once at the start. Nuxt UI's components hide what they import from Vite's first scan, and a find in the middle
 * of a test run would reload the page under it.
 */
const prebundled: Plugin = {
  name: 'clinigraph:prebundle',
  config: () => ({
    optimizeDeps: {
      include: [
        '@apollo/client/core',
        '@apollo/client/link/context',
        '@apollo/client/utilities',
        '@iconify/vue',
        '@unhead/vue',
        '@unhead/vue/client',
        '@vue/apollo-composable',
        '@vueuse/core',
        'defu',
        'graphql',
        'graphql-ws',
        'hookable',
        'libphonenumber-js/min',
        'ohash/utils',
        'pinia',
        'reka-ui',
        'tailwind-variants',
        'ufo',
        'vue',
        'vue-i18n',
        'vue-router',
      ],
    },
  }),
};

/** The plugins that the app and its tests in the browser share. */
export function webPlugins(): PluginOption[] {
  return [
    prebundled,
    vue(),
    ui({
      ui: {
        colors: { primary: 'teal', neutral: 'slate', warning: 'amber', info: 'blue' },
        // At the app's radius a box of 16 px would look like a radio button.
        checkbox: { slots: { base: 'rounded-[4px]' } },
      },
      colorMode: false,
      autoImport: false,
      components: { dts: 'components.d.ts' },
      experimental: { componentDetection: true },
      // Icons are also named in .ts files, which the default scan leaves out; a missed one would be fetched from the internet.
      icon: { clientBundle: { scan: { globInclude: ['src/**/*.{vue,ts}'], globExclude: ['src/gql/**'] } } },
    }),
  ];
}
