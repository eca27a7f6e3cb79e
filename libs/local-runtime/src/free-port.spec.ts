import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstEphemeralPort, freePorts, isPortInUse } from './free-port';

describe('free ports', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-ports-'));
  const range = join(folder, 'ip_local_port_range');
  writeFileSync(range, '15000\t60999\n');
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('are different and free; one that is listened on is in use', async () => {
    const ports = await freePorts(6);
    expect(new Set(ports).size).toBe(6);
    expect(await isPortInUse(ports[0]!)).toBe(false);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(ports[0], '127.0.0.1', resolve));
    expect(await isPortInUse(ports[0]!)).toBe(true);
    server.close();
  });

  it('are none that the system might give away itself', async () => {
    expect(Math.max(...(await freePorts(20)))).toBeLessThan(firstEphemeralPort());
  });

  it('are looked for below what this Linux gives away, elsewhere below what IANA leaves to systems', () => {
    expect(firstEphemeralPort(range)).toBe(15_000);
    expect(firstEphemeralPort(join(folder, 'absent'))).toBe(49_152);
  });

  it('an address that is not ours is no port in use', async () => {
    const [port] = await freePorts(1);
    await expect(isPortInUse(port!, '192.0.2.1')).rejects.toMatchObject({ code: 'ADDRESS_UNUSABLE', message: `Nothing can listen on 192.0.2.1:${port}` });
  });
});
