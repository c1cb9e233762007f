// What the phone keeps until it has arrived: texts by page, photographs in the order in which they were taken.
// A change is on the disk when its promise is kept, so that an empty battery takes nothing with it.
let opening;

function open() {
  opening ??= new Promise((done, fail) => {
    const asked = indexedDB.open("workshop", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("texts", { keyPath: "id" });
      asked.result.createObjectStore("photographs", { keyPath: "id", autoIncrement: true });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  return opening;
}

async function work(shelf, mode, ask) {
  const database = await open();
  return new Promise((done, fail) => {
    const transaction = database.transaction(shelf, mode, { durability: "strict" });
    const result = ask(transaction.objectStore(shelf));
    transaction.oncomplete = () => done("value" in result ? result.value : result.result);
    transaction.onabort = () => fail(transaction.error);
  });
}

export const all = (shelf) => work(shelf, "readonly", (rows) => rows.getAll());
export const get = (shelf, id) => work(shelf, "readonly", (rows) => rows.get(id));
export const put = (shelf, row) => work(shelf, "readwrite", (rows) => rows.put(row));
export const remove = (shelf, id) => work(shelf, "readwrite", (rows) => rows.delete(id));

// Changes a row as it is now, whatever another tab did to it meanwhile; nothing happens where there is none.
export const update = (shelf, id, change) => merge(shelf, id, (row) => row && change(row));

// The same, and `change` makes the row where there is none.
export const merge = (shelf, id, change) =>
  work(shelf, "readwrite", (rows) => {
    const box = {};
    rows.get(id).onsuccess = ({ target: { result } }) => {
      box.value = change(result);
      if (box.value) rows.put(box.value);
    };
    return box;
  });
