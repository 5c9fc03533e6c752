new Worker(`worker.mjs${self.location.search}`, { type: 'module' });
