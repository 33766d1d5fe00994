import '@fontsource-variable/inter';
import './style.css';
import ui from '@nuxt/ui/vue-plugin';
import { ApolloError } from '@apollo/client/core';
import { DefaultApolloClient } from '@vue/apollo-composable';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { i18n } from './app/i18n.ts';
import { usePreferences } from './app/preferences.ts';
import { createAppRouter } from './app/router.ts';
import { useSession } from './app/session.ts';
import { reloadForNewVersion } from './app/new-version.ts';

const app = createApp(App).use(createPinia()).use(i18n);
usePreferences();
const session = useSession();
void session.restore();
// What an operation could not do is said where it was asked; anything else is a mistake of ours.
app.config.errorHandler = (error) => {
  if (!(error instanceof ApolloError)) reportError(error);
};
const router = createAppRouter(session.settled);
reloadForNewVersion();
app.use(router).use(ui).provide(DefaultApolloClient, session.client).mount('#app');
