import { parseText, grammarProblem } from './parse';

describe('parsed texts', () => {
  it('are remembered', () => {
    expect(parseText('${remembered}')).toBe(parseText('${remembered}'));
  });

  it('are refused the same way every time', () => {
    expect(() => parseText('${')).toThrow('never closed');
    expect(() => parseText('${')).toThrow('never closed');
  });
});

describe('what a config can hold', () => {
  it('is every text that follows the grammar', () => {
    expect(grammarProblem('a ${b:c} \\${d}')).toBeUndefined();
    expect(grammarProblem('${a b}')?.span).toEqual({ start: 3, end: 4 });
  });

  it('is also a space and a line break inside an interpolation, or a resolver without a name', () => {
    expect(grammarProblem('${ \na.b\n }')).toBeUndefined();
    expect(grammarProblem('${f\n:\na\n,\nb}')).toBeUndefined();
    expect(grammarProblem('x${:a}')).toBeUndefined();
    expect(grammarProblem('${\na}${')).toBeDefined();
  });

  it('is decided in time that grows with the length alone', () => {
    const started = Date.now();
    expect(grammarProblem('${a'.repeat(20_000))).toBeDefined();
    expect(grammarProblem(`${'$'.repeat(20_000)}\${`)).toBeDefined();
    expect(grammarProblem(`${'\\'.repeat(20_001)}\${`)).toBeUndefined();
    expect(Date.now() - started).toBeLessThan(2000);
  });
});
