import { describe, expect, it } from 'vitest';
import { eyeExamInput, eyeTexts, mistakesIn, noEyeTexts, stepped, tidied } from './eye-exam.ts';

describe('an eye exam as it is typed', () => {
  it('takes a comma, a sign and plano, and writes dioptres with sign and two places', () => {
    const texts = ['1,25', '+1.25', '−0.5', 'pl', '  ', 'soon'].map((text) => tidied('right.sphere', text));

    expect(texts).toEqual(['+1.25', '+1.25', '-0.50', '0.00', '', 'soon']);
    expect(tidied('left.axis', '090')).toBe('90');
    expect(tidied('left.visualAcuity', ' 20/40 ')).toBe('20/40');
  });

  it('goes a quarter dioptre up or down, and stops at the end of the range', () => {
    expect(stepped('right.sphere', '-1.25', -1)).toBe('-1.50');
    expect(stepped('right.sphere', '', 1)).toBe('0.00');
    expect(stepped('right.addition', '0.00', -1)).toBe('0.00');
    expect(stepped('right.axis', '180', 1)).toBe('180');
    expect(stepped('pupillaryDistance', '', 1)).toBe('60');
    expect(stepped('right.visualAcuity', '20/20', 1)).toBe('20/20');
  });

  it('names what the server would refuse', () => {
    const mistakes = mistakesIn({
      ...noEyeTexts,
      'right.sphere': '-31',
      'left.sphere': '-1.30',
      'left.cylinder': '-0.50',
      'left.intraocularPressure': 'high',
      pupillaryDistance: '62.5',
    });

    expect([...mistakes]).toEqual([
      ['right.sphere', { kind: 'range', from: -30, to: 30 }],
      ['left.sphere', { kind: 'step', step: 0.25 }],
      ['left.intraocularPressure', { kind: 'range', from: 0, to: 80 }],
      ['left.axis', { kind: 'axisNeeded' }],
    ]);
  });

  it('needs no axis without a cylinder', () => {
    expect(mistakesIn({ ...noEyeTexts, 'right.cylinder': '0.00' }).size).toBe(0);
  });

  it('is nothing at all when every field is empty, and else what was typed, as numbers', () => {
    expect(eyeExamInput(noEyeTexts)).toBeNull();
    const input = eyeExamInput({
      ...noEyeTexts,
      'right.sphere': '+1.50',
      'right.axis': '90',
      'left.visualAcuity': '20/20',
    });

    expect(input?.right).toEqual({
      visualAcuity: null,
      sphere: '1.5',
      cylinder: null,
      axis: 90,
      addition: null,
      intraocularPressure: null,
    });
    expect(input?.left.visualAcuity).toBe('20/20');
  });

  it('comes back as it was kept', () => {
    const none = { visualAcuity: null, sphere: null, cylinder: null, axis: null, addition: null };
    const texts = eyeTexts({
      __typename: 'EyeExam',
      right: { __typename: 'EyeFindings', ...none, sphere: '-1.5', intraocularPressure: '15.5' },
      left: { __typename: 'EyeFindings', ...none, intraocularPressure: null },
      pupillaryDistanceMm: '62',
    });

    expect(texts).toEqual({
      ...noEyeTexts,
      'right.sphere': '-1.50',
      'right.intraocularPressure': '15.5',
      pupillaryDistance: '62',
    });
  });
});
