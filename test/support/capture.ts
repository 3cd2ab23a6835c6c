/** Runs something and gives what it wrote to stdout and stderr, and the exit code that it set. */
export async function capture(
  run: () => unknown,
): Promise<{ stdout: string; stderr: string; exitCode: typeof process.exitCode }> {
  const written = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    jest.spyOn(process[stream], 'write').mockImplementation((chunk) => {
      written[stream] += String(chunk);
      return true;
    }),
  );
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    await run();
    return { ...written, exitCode: process.exitCode };
  } finally {
    process.exitCode = before;
    spies.forEach((spy) => {
      spy.mockRestore();
    });
  }
}
