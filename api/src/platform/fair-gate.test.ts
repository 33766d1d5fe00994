import { describe, expect, it } from 'vitest';
import { FairGate } from './fair-gate.ts';

const full = 32;

async function filled(group: string): Promise<{ gate: FairGate; leaves: (() => void)[] }> {
  const gate = new FairGate();
  const leaves = await Promise.all(Array.from({ length: full }, () => gate.enter(group)));
  return { gate, leaves };
}

describe('the gate', () => {
  it('lets one of each group in by turns, however many of one group wait', async () => {
    const { gate, leaves } = await filled('flood');
    const order: string[] = [];
    const come = (group: string) =>
      gate.enter(group).then(
        () => void order.push(group),
        () => undefined,
      );
    const waiting = [...Array.from({ length: 50 }, () => come('flood')), come('quiet')];

    for (const leave of leaves.slice(0, 3)) leave();
    await new Promise((resolve) => setTimeout(resolve, 5));

    expect(order).toEqual(['flood', 'quiet', 'flood']);
    waiting.length = 0;
  });

  it('refuses at once when too many of a group wait already', async () => {
    const { gate } = await filled('flood');
    const waiting = Array.from({ length: 400 }, () => gate.enter('flood').catch(() => undefined));

    await expect(gate.enter('flood')).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    waiting.length = 0;
  });

  it('refuses whoever has waited for eight seconds, and lets others in later', { timeout: 12_000 }, async () => {
    const { gate, leaves } = await filled('one');

    await expect(gate.enter('two')).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    for (const leave of leaves) leave();

    await expect(gate.enter('two')).resolves.toBeTypeOf('function');
  });

  it('counts leaving twice once', async () => {
    const { gate, leaves } = await filled('one');
    leaves[0]?.();
    leaves[0]?.();
    await gate.enter('one');
    let isIn = false;
    void gate.enter('one').then(
      () => (isIn = true),
      () => undefined,
    );
    await new Promise((resolve) => setTimeout(resolve, 5));

    expect(isIn).toBe(false);
  });
});
