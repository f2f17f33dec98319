import { parseText, refusal } from './parse';

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
    expect(refusal('a ${b:c} \\${d}')).toBeUndefined();
    expect(refusal('${a b}')?.span).toEqual({ start: 3, end: 4 });
  });

  it('is also a space and a line break inside an interpolation, or a resolver without a name', () => {
    expect(refusal('${ \na.b\n }')).toBeUndefined();
    expect(refusal('${f\n:\na\n,\nb}')).toBeUndefined();
    expect(refusal('x${:a}')).toBeUndefined();
    expect(refusal('${\na}${')).toBeDefined();
  });

  it('is decided in time that grows with the length alone', () => {
    const started = Date.now();
    expect(refusal('${a'.repeat(20_000))).toBeDefined();
    expect(refusal(`${'$'.repeat(20_000)}\${`)).toBeDefined();
    expect(refusal(`${'\\'.repeat(20_001)}\${`)).toBeUndefined();
    expect(Date.now() - started).toBeLessThan(2000);
  });
});
