// The worker as a process of its own: the same start with another role.
process.env['ROLE'] = 'worker';
await import('./main.ts');
