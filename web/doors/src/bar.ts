import { demoAccess, signIn, signOut, type PageSession } from './session.ts';

interface Bar {
  title: string;
  links: [text: string, address: string][];
  /** Called with null once nobody is signed in any more. */
  onChange: (session: PageSession | null) => void;
}

/** The line above the editor: where one is, where else to go, and as whom the operations are run. */
export function showBar({ title, links, onChange }: Bar): void {
  const bar = document.querySelector('#bar');
  if (bar === null) return;
  const status = element('p', { role: 'status', id: 'status' });
  const form = element('form', { id: 'sign-in' });
  const email = element('input', { type: 'email', placeholder: 'E-mail', 'aria-label': 'E-mail', autocomplete: 'off' });
  const password = element('input', {
    type: 'password',
    placeholder: 'Password',
    'aria-label': 'Password',
    autocomplete: 'off',
  });
  const enter = element('button', { type: 'submit' }, 'Sign in');
  const leave = element('button', { type: 'button' }, 'Sign out');
  leave.hidden = true;
  form.append(email, password, enter, leave);

  const show = (session: PageSession | null, words: string) => {
    for (const each of [email, password, enter]) each.hidden = session !== null;
    leave.hidden = session === null;
    status.textContent = words;
    onChange(session);
  };
  const enterAs = async (address: string, secret: string) => {
    try {
      const session = await signIn(address, secret);
      show(session, `Signed in as ${session.email}: operations run with its token, which is renewed by itself.`);
    } catch (error) {
      status.textContent = error instanceof Error ? error.message : 'That did not work. Try again.';
    }
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void enterAs(email.value, password.value);
  });
  leave.addEventListener('click', () => {
    signOut();
    show(null, 'Signed out.');
  });

  const navigation = element('nav', { 'aria-label': 'Other doors' });
  navigation.append(...links.map(([text, href]) => element('a', { href }, text)));
  bar.append(element('h1', {}, title), navigation, form, status);
  status.textContent = 'Sign in here, or put a token into the headers: { "authorization": "Bearer …" }.';
  void offerDemo(form, enterAs);
}

async function offerDemo(form: HTMLFormElement, enterAs: (email: string, password: string) => Promise<void>) {
  const demo = await demoAccess();
  if (demo === null) return;
  const choice = element('select', { 'aria-label': 'Demo account' });
  choice.append(element('option', { value: '' }, 'Demo account…'));
  choice.append(...demo.accounts.map(({ email, name }) => element('option', { value: email }, `${name}, ${email}`)));
  choice.addEventListener('change', () => {
    if (choice.value !== '') void enterAs(choice.value, demo.password);
  });
  form.prepend(choice);
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string>,
  text = '',
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}
