// A server of one's own for a test: look-alike phones, its database and socket in a temporary folder, ended by its id.
import { execFile, spawn } from 'node:child_process';
import { X509Certificate, createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';

const run = promisify(execFile);
export const source = process.env.PROVOST_SOURCE ?? join(dirname(fileURLToPath(import.meta.url)), '../../..');
const program = process.env.PROVOST ?? join(source, 'build/dev/provost');
const vendors = join(source, 'vendors');

export async function waitFor(condition, what, seconds = 60) {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    const value = await condition();
    if (value) return value;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error(`never came: ${what}`);
}

export class Server {
  // `more` gives lines for the end of its configuration.
  static async start({ phones = 16, filled = true, more = () => '' } = {}) {
    const server = new Server();
    server.folder = mkdtempSync(join(tmpdir(), 'provost-web-'));
    server.home = join(server.folder, 'server');
    server.pki = join(server.folder, 'pki');
    server.socket = join(server.home, 'control.sock');
    server.config = join(server.home, 'provost.yaml');
    process.once('exit', () => server.forget());
    process.once('SIGTERM', () => process.exit(143)); // ended from outside it leaves nothing either
    try {
      await server.make(phones);
      appendFileSync(server.config, server.adminBlock() + server.backupBlock() + more(server));
      await server.launch();
      if (filled) await server.fill();
      return server;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  // The command line, against this server.
  async cli(...args) {
    const env = { ...process.env, NO_COLOR: '1', ASAN_OPTIONS: 'detect_leaks=0', PROVOST_SOCKET: this.socket };
    const { stdout } = await run(program, args, { env, timeout: 120_000, maxBuffer: 64 << 20 });
    return stdout;
  }

  async make(phones) {
    await this.cli('simulate', 'pki', '--vendor-folder', vendors, '--out', this.pki, '--phones', String(phones), '--tenant', 'acme', '--vendors', 'yealink,snom,poly,cisco-mpp');
    const key = kind => [`--${kind}-certificate`, join(this.pki, `server-${kind}.pem`), `--${kind}-key`, join(this.pki, `server-${kind}.key`)];
    await this.cli('server', 'init', this.home, '--share', source, '--port', '0', ...key('rsa'), ...key('ecdsa'));
  }

  adminBlock() {
    const identity = kind => `    - {certificate: "${join(this.pki, `server-${kind}.pem`)}", key: "${join(this.pki, `server-${kind}.key`)}"}\n`;
    const web = join(source, 'build/web');
    return `admin:\n  port: 0\n  names: localhost\n  web: "${web}"\n  identities:\n${identity('ecdsa')}${identity('rsa')}`;
  }

  // Its sandbox lets it write a backup into the test's folder.
  backupBlock() {
    return `sandbox: {mode: auto, write: ["${this.folder}"]}\n`;
  }

  // SHA-256 of the public keys that its listeners show, as Chromium wants them.
  publicKeys() {
    return ['ecdsa', 'rsa'].map(kind => {
      const { publicKey } = new X509Certificate(readFileSync(join(this.pki, `server-${kind}.pem`)));
      return createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' })).digest('base64');
    });
  }

  // Where a one-time login leads, without host.
  async oneTimeLogin() {
    const told = await this.cli('admin', 'reset-login');
    const path = /\/[a-z]*#token=[\w-]+/.exec(told)?.[0];
    if (!path) throw new Error('no one-time login was told');
    return path;
  }

  async launch() {
    const portFile = join(this.home, 'port');
    const env = { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' };
    this.child = spawn(program, ['serve', '--config', this.config, '--port-file', portFile], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    this.log = '';
    this.child.stderr.on('data', data => {
      this.log = (this.log + data).slice(-20_000);
    });
    await waitFor(() => {
      if (!this.runs()) throw new Error(`the server ended: ${this.log}`);
      return existsSync(portFile) && readFileSync(portFile, 'utf8').trim();
    }, 'the port file');
    this.ports = readFileSync(portFile, 'utf8').trim().split('\n');
    this.url = `https://localhost:${this.ports[0]}/`;
    const admin = this.ports.find(line => line.startsWith('admin '))?.split(' ')[1];
    this.admin = `https://localhost:${admin}`;
  }

  async fill() {
    await this.cli('tenant', 'add', 'acme', '--name', 'Acme Telephony', '--set', 'line.registrar_host=sip.acme.example', '--set', `provisioning.url=${this.url}`, '--set', 'time.zone=Europe/London', '--set', 'time.ntp_server=ntp.acme.example');
    for (const line of readFileSync(join(this.pki, 'trust.tsv'), 'utf8').split('\n')) {
      if (line === '' || line.startsWith('#')) continue;
      const [vendor, anchor, fingerprint, file] = line.split('\t');
      await this.cli('vendor', 'trust', 'import', file, '--vendor', vendor, '--anchor', anchor, '--fingerprint', fingerprint);
    }
    await this.cli('device', 'import', join(this.pki, 'devices.csv'), '--arm');
  }

  // Phones call home: all, or as `more` says.
  async phones(...more) {
    return this.cli('simulate', 'run', '--vendor-folder', vendors, '--url', this.url, '--pki', this.pki, ...more);
  }

  // Every proof of who is there becomes so much older, so that the next that matters asks for another.
  ageProofs(minutes) {
    this.age('proved', minutes * 60);
  }

  // As if nobody had used a session for so long.
  ageUse(seconds) {
    this.age('used', seconds);
  }

  age(column, seconds) {
    const database = new DatabaseSync(join(this.home, 'data/provost.db'));
    database.exec(`PRAGMA busy_timeout = 5000; UPDATE sessions SET ${column} = ${column} - ${seconds * 1000}`);
    database.close();
  }

  macs() {
    const [, ...rows] = readFileSync(join(this.pki, 'devices.csv'), 'utf8').trim().split('\n');
    return rows.map(row => row.split(',')[0].replaceAll(/["\s:.-]/g, '').toLowerCase());
  }

  runs() {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  forget() {
    this.child?.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  async stop() {
    if (this.runs()) {
      const ended = new Promise(resolve => this.child.once('exit', resolve));
      this.child.kill('SIGTERM');
      await Promise.race([ended, new Promise(resolve => setTimeout(resolve, 10_000).unref())]);
    }
    this.forget();
  }
}
