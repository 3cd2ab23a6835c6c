import { promqlProblem } from '../../src/config/promql';
import corpus from '../fixtures/promql.json';

describe('an expression of an alert', () => {
  it.each(corpus.taken)('is taken: %s', (expression) => {
    expect(promqlProblem(expression)).toBeUndefined();
  });

  it.each([...Object.entries(corpus.refused), ...Object.entries(corpus.noCondition)])(
    'fails: %s',
    (expression, problem) => {
      expect(promqlProblem(expression)).toBe(problem);
    },
  );
});
