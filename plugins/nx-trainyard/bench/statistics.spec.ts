import { median, medianInterval } from './statistics';

describe('The figures of a benchmark', () => {
  it('have the value in the middle as their median', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(() => median([])).toThrow('no median');
  });

  it('of eleven values have an interval from the second to the tenth', () => {
    const interval = medianInterval([11, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1]);
    expect(interval).toMatchObject({ low: 2, high: 10 });
    expect(interval.confidence).toBeCloseTo(1 - 24 / 2048);
  });

  it('say how unsure the interval of a few values is', () => {
    expect(medianInterval([3, 1, 2])).toEqual({ low: 1, high: 3, confidence: 0.75 });
  });

  it('of six values are just sure enough', () => {
    expect(medianInterval([1, 2, 3, 4, 5, 6])).toEqual({ low: 1, high: 6, confidence: 0.96875 });
  });
});
