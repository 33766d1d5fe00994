/** A prescription's one item. */
export const one = (medication: string, changes: object = {}) => [{ medication, dosage: '1 tablet', ...changes }];

export const voiding = `mutation ($id: ID!, $reason: String!) { answer: voidPrescription(id: $id, reason: $reason)
  { prescription { voidedAt voidReason } userErrors { code message field } } }`;

const fields = `id items { medication dosage frequency durationDays instructions } instructions voidedAt voidReason
  overriddenWarnings pdfUrl createdAt doctor { id } patient { id } visit { id } appointment { id }`;
export const prescriptionsShown = `query ($id: ID!) { visit(id: $id) { id prescriptions { ${fields} } appointment { prescriptions { id } } } }`;

/** What comes of opening a link: its status, and what kind of file or which words. */
export async function opened(serverUrl: string, url: string): Promise<[number, string]> {
  const answer = await openAt(serverUrl, url);
  return [answer.status, answer.status === 200 ? (answer.headers.get('content-type') ?? '') : await answer.text()];
}

/** The same address at the server under test. */
export const openAt = (serverUrl: string, url: string): Promise<Response> =>
  fetch(url.replace('http://localhost', new URL(serverUrl).origin));

export const isOver: [number, string] = [404, 'This link is over. Go back to where you found it and open it again.'];
export const isPdf: [number, string] = [200, 'application/pdf'];
