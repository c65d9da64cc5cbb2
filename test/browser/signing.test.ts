import { readFileSync } from 'node:fs';
import type { Download, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPrivateKey, readPublicKey, verifyBook } from '../../src/audit/index.ts';
import { type KeyPair, makeKeys } from '../../src/audit/sign.ts';
import { readXlsx } from '../../src/workbook/xlsx/book.ts';
import { findChromium, NO_CHROMIUM } from './support/chromium.ts';
import { type OpenPane, openBench, type PaneBench } from './support/paneTest.ts';

const chromium = findChromium();

describe.skipIf(chromium === null)(
  `signing in the pane${chromium === null ? ` (${NO_CHROMIUM})` : ''}`,
  () => {
    let bench: PaneBench;
    let own: KeyPair;
    let other: KeyPair;
    beforeAll(async () => {
      bench = await openBench(chromium ?? '');
      [own, other] = [await makeKeys(), await makeKeys()];
    });
    afterAll(() => bench.close());

    async function over(pane: OpenPane): Promise<void> {
      expect(await pane.close()).toEqual([]);
    }

    /** Picks a file in the browser's own window, which the button opens. */
    async function pick(page: Page, within: Locator, name: string, text: string): Promise<void> {
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        within.getByRole('button', { name: /^(Choose a file|选择文件)/ }).click(),
      ]);
      await chooser.setFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
      await within.getByText(name, { exact: true }).waitFor();
    }

    /** The workbook as it would be saved now. */
    async function saved({ page }: OpenPane): Promise<Uint8Array> {
      const text = await page.evaluate(async () => {
        const bytes = await (await window.allot).book.bytes();
        let binary = '';
        for (const byte of bytes) binary += String.fromCharCode(byte);
        return btoa(binary);
      });
      return new Uint8Array(Buffer.from(text, 'base64'));
    }

    /** What src/audit finds wrong with a workbook under a public key. */
    async function wrong(bytes: Uint8Array, publicText: string): Promise<readonly string[]> {
      const key = await readPublicKey(publicText);
      if (key === null) throw new Error('no public key');
      const { findings } = await verifyBook(readXlsx(bytes, 'paid.xlsx'), { keys: [key] });
      return findings.filter(({ severity }) => severity === 'error').map(({ kind }) => kind);
    }

    test('a payment is signed with a key file, which is kept nowhere, and verifies with its public key alone', async () => {
      const pane = await bench.open({ asOf: '2026-03-31', height: 900 });
      const { page } = pane;
      await pane.tab('Audit');
      const panel = page.getByRole('tabpanel', { name: 'Audit' });
      await page.getByLabel('Your name').fill('Finance A');
      await page.getByRole('button', { name: 'Pay as of 2026-03-31' }).click();
      const dialog = page.getByRole('dialog', { name: 'Pay as of 2026-03-31' });
      const pay = dialog.getByRole('button', { name: 'Pay', exact: true });
      // What is no private key signs nothing, and nothing is paid.
      await pick(page, dialog, 'allot-public-key.txt', own.publicText);
      await pay.click();
      await dialog.getByText('This file holds no private key of Ed25519.').waitFor();
      await dialog.getByRole('button', { name: 'Don’t use allot-public-key.txt' }).click();
      await pick(page, dialog, 'allot-private-key.pem', own.privatePem);
      expect(await dialog.getByText('This file holds no private key').count()).toBe(0);
      await pane.shot('audit-pay-signed');
      expect(await pane.violations()).toEqual([]);
      await pay.click();
      await page.getByText('Paid: run 1').waitFor();
      await panel.getByText('· signed').waitFor();

      const bytes = await saved(pane);
      expect(await wrong(bytes, own.publicText)).toEqual([]);
      expect(await wrong(bytes, other.publicText)).toEqual(['signature-wrong']);
      // The secret is the last 32 bytes of the file, in base64 its last characters.
      const secret = own.privatePem.split('\n').slice(1, -2).join('').slice(-40, -4);
      expect(secret).toHaveLength(36);
      const store = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
      const html = await page.content();
      for (const kept of [store, html, Buffer.from(bytes).toString('latin1')])
        expect(kept).not.toContain(secret);

      // The next payment asks for the key again.
      await page.getByRole('button', { name: 'Pay as of 2026-03-31' }).click();
      await dialog.waitFor();
      expect(await dialog.getByText('allot-private-key.pem').count()).toBe(0);
      await dialog.getByRole('button', { name: 'Cancel' }).click();

      // Verifying with the public key, then with another one.
      await panel.getByText('Verify against an anchor line or a public key').click();
      const group = panel.getByRole('group', { name: 'Public key' });
      const verify = panel.getByRole('button', { name: 'Verify', exact: true });
      await pick(page, group, 'allot-public-key.txt', `${own.publicText}\n`);
      await verify.click();
      await panel.getByText('Every payment is signed with this key.').waitFor();
      await pane.shot('audit-verified-key');
      expect(await pane.violations()).toEqual([]);
      await group.getByRole('button', { name: /^Don’t use/ }).click();
      await pick(page, group, 'other.txt', other.publicText);
      await verify.click();
      await panel.getByText('Ledger row 1 is not signed with the given key.').waitFor();
      await group.getByRole('button', { name: /^Don’t use/ }).click();
      await pick(page, group, 'letter.txt', 'Dear auditor');
      await verify.click();
      await group.getByText('This file holds no public key of Ed25519.').waitFor();
      await over(pane);
    });

    test('steps of approval and a lock are signed, each with a key that is picked for it', async () => {
      const pane = await bench.open({ asOf: '2026-03-31', height: 900 });
      const { page } = pane;
      await pane.tab('Audit');
      const panel = page.getByRole('tabpanel', { name: 'Audit' });
      await page.getByLabel('Your name').fill('Finance A');
      const group = panel.getByRole('group', { name: 'Sign with a private key' });
      await panel.getByText('Sign the next step').click();
      await pick(page, group, 'a.pem', own.privatePem);
      await page.getByRole('button', { name: 'Propose' }).click();
      await page.getByText('Entered as row 1 of the ledger.').waitFor();
      expect(await group.getByText('a.pem').count()).toBe(0);
      await page.getByLabel('Your name').fill('Finance B');
      await pick(page, group, 'b.pem', own.privatePem);
      await page.getByRole('button', { name: 'Approve' }).click();
      await page.getByText('Entered as row 2 of the ledger.').waitFor();
      await page.getByRole('button', { name: 'Pay as of 2026-03-31' }).click();
      const dialog = page.getByRole('dialog');
      await pick(page, dialog, 'b.pem', own.privatePem);
      await dialog.getByRole('button', { name: 'Pay', exact: true }).click();
      await page.getByText('Paid: run 3').waitFor();
      await page.getByRole('button', { name: 'Lock run 3' }).click();
      await pick(page, dialog, 'b.pem', own.privatePem);
      expect(await pane.violations()).toEqual([]);
      await dialog.getByRole('button', { name: 'Lock', exact: true }).click();
      await page.getByText('Locked, in row 4 of the ledger.').waitFor();
      await expect.poll(() => panel.getByText('· signed').count()).toBe(4);
      expect(await wrong(await saved(pane), own.publicText)).toEqual([]);
      expect(await wrong(await saved(pane), other.publicText)).toEqual(
        Array.from({ length: 4 }, () => 'signature-wrong'),
      );
      await over(pane);
    });

    test.each(['en', 'zh-CN'] as const)('a key pair is made and saved, and signs (%s)', async (language) => {
      const zh = language === 'zh-CN';
      const pane = await bench.open({
        asOf: '2026-03-31',
        language,
        width: zh ? 380 : 320,
        ...(zh ? { theme: 'dark' as const } : {}),
      });
      const { page } = pane;
      await pane.tab(zh ? '核查' : 'Audit');
      const files: Download[] = [];
      page.on('download', (file) => files.push(file));
      const name = zh ? '生成密钥对' : 'Make a key pair';
      await page.getByRole('button', { name }).click();
      const dialog = page.getByRole('dialog', { name });
      await dialog.getByText('allot-public-key.txt').waitFor();
      await expect.poll(() => files.length).toBe(2);
      await pane.shot(`audit-keys-${language}`);
      expect(await pane.violations()).toEqual([]);
      const texts = new Map(
        await Promise.all(
          files.map(
            async (file) => [file.suggestedFilename(), readFileSync(await file.path(), 'utf8')] as const,
          ),
        ),
      );
      const pem = texts.get('allot-private-key.pem') ?? '';
      const publicText = texts.get('allot-public-key.txt') ?? '';
      expect(await readPrivateKey(pem)).not.toBeNull();
      expect(await dialog.textContent()).toContain(publicText.trim());
      await dialog.getByRole('button', { name: zh ? '关闭' : 'Close' }).click();
      expect(await page.content()).not.toContain(publicText.trim());

      await page.getByLabel(zh ? '经办人' : 'Your name').fill('Finance A');
      await page.getByRole('button', { name: zh ? /^发放 2026/ : /^Pay as of/ }).click();
      const paying = page.getByRole('dialog');
      await pick(page, paying, 'allot-private-key.pem', pem);
      await pane.shot(`audit-pay-key-${language}`);
      expect(await pane.violations()).toEqual([]);
      await paying.getByRole('button', { name: zh ? '发放' : 'Pay', exact: true }).click();
      await page.locator('.audit-row').waitFor();
      expect(await wrong(await saved(pane), publicText)).toEqual([]);
      await over(pane);
    });

    test('a browser that does not know Ed25519 says so', async () => {
      const pane = await bench.open({ asOf: '2026-03-31' });
      const { page } = pane;
      await page.evaluate(() => {
        const refuse = () => Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'));
        Object.assign(crypto.subtle, { generateKey: refuse, importKey: refuse });
      });
      await pane.tab('Audit');
      await page.getByRole('button', { name: 'Make a key pair' }).click();
      await page.getByText('This browser is too old for Ed25519 signatures.').waitFor();
      expect(await page.getByRole('dialog').count()).toBe(0);
      await over(pane);
    });
  },
);
