import { cronProblem } from '../../src/config/cron';

// Each was given to robfig/cron v3.0.1 (ParseStandard) and to croniter 7.0.0, and both took it.
it.each([
  '@hourly',
  '@daily',
  '@midnight',
  '@weekly',
  '@monthly',
  '@yearly',
  '@annually',
  '0 6 * * *',
  ' 0  6 * * * ',
  '*/5 0-12,18 1 JAN mon',
  '*/15 8-18/2 * JAN,jul Mon-Fri',
  '58/3 6/6 31/2 FEB/2 1/2',
  '05 0 * * 0-6',
  '0 0 1 1 0',
  '0 0 29 2 *',
  '0 0 31 */2 *',
  '0 0 30 2 MON',
  '*/60 * * * *',
])('takes %j for a schedule', (schedule) => {
  expect(cronProblem(schedule)).toBeUndefined();
});

// At least one of the two refused each, but for `?`, which is another `*`.
it.each([
  ['', /five fields/],
  ['daily', /five fields/],
  ['* * *', /five fields/],
  ['0 0 * * * *', /five fields/],
  ['TZ=UTC 0 0 * * *', /five fields/],
  ['@reboot', /one of @hourly/],
  ['@every 1h', /one of @hourly/],
  ['60 * * * *', /a minute from 0 to 59/],
  ['0 24 * * *', /an hour from 0 to 23/],
  ['0 0 0 * *', /a day from 1 to 31/],
  ['0 0 1 13 *', /a month from 1 to 12, or JAN to DEC/],
  ['0 0 1 JANUARY *', /a month from 1 to 12, or JAN to DEC/],
  ['0 0 * * 8', /a weekday from 0 to 6, or SUN to SAT/],
  ['0 0 L * *', /without the extensions/],
  ['0 0 15W * *', /without the extensions/],
  ['0 0 * * 1#2', /without the extensions/],
  ['0 0 ? * *', /\* for any/],
  ['H * * * *', /a minute from 0 to 59/],
  ['*/0 * * * *', /step of at least 1/],
  ['1,,2 * * * *', /commas between/],
  ['*-5 * * * *', /commas between/],
  ['-5 * * * *', /commas between/],
  ['+5 * * * *', /commas between/],
  ['1-2-3 * * * *', /commas between/],
  ['20-10 * * * *', /run backwards/],
  ['0 0 30 2 *', /at least one of its months/],
  ['0 0 31 2,4-6/2 *', /at least one of its months/],
])('fails for the schedule %j', (schedule, allowed) => {
  expect(cronProblem(schedule)?.allowed).toMatch(allowed);
});

it.each([
  ['0 6 * * 7', '0 is Sunday: write 0 for 7'],
  ['0 6 * * 5-7', '0 is Sunday: write 5-6,0 for 5-7'],
  ['0 6 * * 0-7', '0 is Sunday: write * for 0-7'],
  ['0 6 * * 1-7', '0 is Sunday: write * for 1-7'],
  ['0 6 * * 1-7/2', '0 is Sunday'],
  ['0 6 * * FRI-MON', 'write two ranges: FRI-SAT,SUN-MON'],
  ['0 22-2 * * *', 'write two ranges: 22-23,0-2'],
])('fails for %j and says how it is written', (schedule, fix) => {
  expect(cronProblem(schedule)?.fix).toBe(fix);
});
