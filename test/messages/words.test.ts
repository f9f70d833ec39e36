import { describe, expect, test } from 'vitest';
import { SIGNS } from '../../src/submissions/outcomes.ts';
import { everyMessage } from './every-message.ts';
import { wordsOf } from './words.ts';

describe('every kind of message in every state', () => {
  test('is read in one breath: at most 30 words where all is well, 60 where it is not, 90 of help', () => {
    const long = everyMessage().flatMap(({ name, message, most }) => {
      const words = wordsOf(message.blocks);
      return words.length > most
        ? [`${name}: ${words.length} words, at most ${most}: ${words.join(' ')}`]
        : [];
    });
    expect(long).toEqual([]);
  });

  test('has at most two buttons, and one line of facts and one of why it stands there', () => {
    for (const { name, message } of everyMessage()) {
      const text = JSON.stringify(message.blocks);
      expect(text.split('"type":"button"').length - 1, name).toBeLessThanOrEqual(2);
      expect(text.split('"type":"context"').length - 1, name).toBeLessThanOrEqual(1);
      expect(text, name).not.toContain('AWS request ID');
    }
  });

  test('while something is being sent, it says that the outcome is not known, and not that nothing came of it yet', () => {
    const beingSent = everyMessage().filter(({ name }) => /\bsending\b/.test(name));
    expect(beingSent.length).toBeGreaterThan(10);
    const said = beingSent.map(({ message }) => wordsOf(message.blocks).join(' '));
    expect(said.filter((text) => !/isn't known yet/.test(text))).toEqual([]);
    expect(said.filter((text) => /Nothing has been saved|\bwaits?\b|go to AWS next/.test(text))).toEqual([]);
  });

  test('a sign stands for one thing', () => {
    const signs = Object.values(SIGNS);
    expect(new Set(signs).size).toBe(signs.length);
  });
});
