/** Prints a figure that a run measured, beside the runner's own lines. */
export const report = (line: string): void => void process.stdout.write(`  measured: ${line}\n`);
