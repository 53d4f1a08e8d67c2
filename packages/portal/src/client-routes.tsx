import { Hono } from 'hono';
import { readBrowser } from './browser.js';
import { type Download, openDownload, readDownloads } from './downloads.js';
import { ClientDownload } from './pages/client.js';
import type { ViewOf } from './views.js';

/** `/client`: the signing client to take away. The packages in `folder` are read once, when somebody first asks; without a folder there are none. */
export function clientRoutes(folder: string | undefined, view: ViewOf): Hono {
  const app = new Hono();
  let packages: Promise<Download[]> | undefined;
  const downloads = () => {
    packages ??= (folder === undefined ? Promise.resolve([]) : readDownloads(folder)).catch((error) => {
      // A folder that is just being filled is read again by who comes next.
      packages = undefined;
      throw error;
    });
    return packages;
  };
  app.get('/client', async (c) => {
    const browser = readBrowser(c.req.header('user-agent'));
    return c.html(<ClientDownload view={view(c)} browser={browser} downloads={await downloads()} />);
  });
  app.get('/client/files/:name', async (c) => {
    const file = (await downloads()).find(({ name }) => name === c.req.param('name'));
    if (file === undefined || folder === undefined) return c.notFound();
    return c.body(openDownload(folder, file), 200, {
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(file.bytes),
      'Content-Disposition': `attachment; filename="${file.name}"`,
    });
  });
  return app;
}
