import './doors.css';
import { showBar } from './bar.ts';
import { examplesFor } from './examples.ts';
import { accessToken, type PageSession } from './session.ts';

interface SandboxOptions {
  target: HTMLElement;
  initialEndpoint: string;
  initialSubscriptionEndpoint: string;
  initialState: {
    document: string;
    variables: Record<string, unknown>;
    headers: Record<string, string>;
    includeCookies: boolean;
    pollForSchemaUpdates: boolean;
  };
  hideCookieToggle: boolean;
  endpointIsEditable: boolean;
  runTelemetry: boolean;
  handleRequest: (address: string, options: RequestInit) => Promise<Response>;
}

interface Sandbox {
  dispose(): void;
}

declare global {
  interface Window {
    EmbeddedSandbox?: new (options: SandboxOptions) => Sandbox;
  }
}

const script = 'https://embeddable-sandbox.cdn.apollographql.com/_latest/embeddable-sandbox.umd.production.min.js';
const patienceMs = 10_000;

const endpoint = new URL('/graphql', location.href).toString();
const examples = examplesFor(new Date());
const chosen = examples[Number(new URLSearchParams(location.search).get('example')) || 0] ?? examples[0];
const target = document.querySelector<HTMLElement>('#sandbox');
let sandbox: Sandbox | null = null;

/** Sandbox sends what its frame asks for from this page: the token of whoever is signed in here goes along, always fresh. */
async function send(address: string, options: RequestInit): Promise<Response> {
  const headers = new Headers(options.headers);
  const token = await accessToken();
  if (token !== null) headers.set('authorization', `Bearer ${token}`);
  return fetch(address, { ...options, headers, credentials: 'omit' });
}

function open(session: PageSession | null): void {
  if (window.EmbeddedSandbox === undefined || target === null || chosen === undefined) return;
  sandbox?.dispose();
  target.replaceChildren();
  // Live operations take their token from the headers that are shown.
  const signedIn: Record<string, string> = session === null ? {} : { authorization: `Bearer ${session.accessToken}` };
  sandbox = new window.EmbeddedSandbox({
    target,
    initialEndpoint: endpoint,
    initialSubscriptionEndpoint: endpoint.replace(/^http/, 'ws'),
    initialState: {
      document: chosen.document,
      variables: chosen.variables,
      headers: { ...signedIn, ...chosen.headers },
      includeCookies: false,
      pollForSchemaUpdates: false,
    },
    hideCookieToggle: true,
    endpointIsEditable: false,
    runTelemetry: false,
    handleRequest: send,
  });
}

function sayUnreachable(): void {
  const notice = document.querySelector<HTMLElement>('#notice');
  const words = document.querySelector('#notice p');
  if (notice === null || words === null) return;
  notice.hidden = false;
  words.textContent =
    'Apollo Sandbox could not be loaded: it comes from Apollo’s servers, and they cannot be reached from this browser.';
}

function load(): void {
  const element = document.createElement('script');
  const timer = setTimeout(sayUnreachable, patienceMs);
  element.src = script;
  element.addEventListener('load', () => {
    clearTimeout(timer);
    const notice = document.querySelector<HTMLElement>('#notice');
    if (window.EmbeddedSandbox === undefined) return sayUnreachable();
    if (notice !== null) notice.hidden = true;
    open(null);
  });
  element.addEventListener('error', () => {
    clearTimeout(timer);
    sayUnreachable();
  });
  document.head.append(element);
}

showBar({
  title: 'Apollo Sandbox',
  links: [
    ...examples.map(({ title }, index): [string, string] => [title, `/graphql?example=${index}`]),
    ['GraphiQL (offline)', '/graphiql'],
    ['Schema', '/schema.graphql'],
  ],
  onChange: open,
});
load();
