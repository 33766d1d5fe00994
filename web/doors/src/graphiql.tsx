import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './doors.css';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { showBar } from './bar.ts';
import { examplesFor } from './examples.ts';
import { fetcher } from './fetcher.ts';

const tabs = examplesFor(new Date()).map(({ document: query, variables, headers }) => ({
  query,
  variables: JSON.stringify(variables, null, 2),
  headers: JSON.stringify(headers, null, 2),
}));

showBar({
  title: 'GraphiQL',
  links: [
    ['Apollo Sandbox (online)', '/graphql'],
    ['Schema', '/schema.graphql'],
    ['The app', '/'],
  ],
  onChange: () => undefined,
});

const door = document.querySelector('#door');
if (door !== null) {
  createRoot(door).render(
    <GraphiQL
      fetcher={fetcher}
      defaultTabs={tabs}
      isHeadersEditorEnabled
      // A token in the browser's storage would outlive the hour in which it was needed.
      shouldPersistHeaders={false}
      showPersistHeadersSettings={false}
    />,
  );
}
