import { parseDate } from '../../src/settings/date';

const now = new Date('2026-11-21T16:08:51.930Z');

describe('dates in words', () => {
  it.each([
    ['3 days ago', '2026-11-18T16:08:51.930000'],
    ['yesterday', '2026-11-20T16:08:51.930000'],
    ['tomorrow', '2026-11-22T16:08:51.930000'],
    ['2 weeks ago', '2026-11-07T16:08:51.930000'],
    ['1 month ago', '2026-10-21T16:08:51.930000'],
    ['in 2 days', '2026-11-23T16:08:51.930000'],
    ['a week ago', '2026-11-14T16:08:51.930000'],
    ['last week', '2026-11-14T16:08:51.930000'],
    ['-7 days', '2026-11-14T16:08:51.930000'],
    ['7 days', '2026-11-14T16:08:51.930000'],
    ['-1d', '2026-11-20T16:08:51.930000'],
    ['two days ago', '2026-11-19T16:08:51.930000'],
    ['1 week 2 days ago', '2026-11-12T16:08:51.930000'],
    ['an hour ago', '2026-11-21T15:08:51.930000'],
    ['January 5, 2024', '2024-01-05T00:00:00'],
    ['5 Jan 2024', '2024-01-05T00:00:00'],
    ['2024/01/05', '2024-01-05T00:00:00'],
    ['01/02/2024', '2024-01-02T00:00:00'],
    ['2024-01-05 10:00', '2024-01-05T10:00:00'],
  ])('%s is %s', (text, iso) => {
    expect(parseDate(text, now)).toBe(iso);
  });

  it.each([
    '2024-01-05',
    '2024-01-05T10:00:00Z',
    '2024-01-05T10:00:00+02:00',
    'gibberish',
    '31 Feb 2024',
    '',
  ])('%j stays as it is', (text) => {
    expect(parseDate(text, now)).toBe(text);
  });

  it('the last day of a month is kept inside a shorter one', () => {
    expect(parseDate('1 month ago', new Date('2026-03-31T00:00:00.500Z'))).toBe('2026-02-28T00:00:00.500000');
  });
});
