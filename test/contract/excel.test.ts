import { excelBook } from '../../src/workbook/excel/book.ts';
import { fakeRoom } from '../support/fakeOffice/room.ts';
import { liveContract } from './liveContract.ts';

liveContract({
  name: 'Excel (a fake of Office.js)',
  calculates: true,
  charts: true,
  make: async (plain) => {
    const { office, room } = fakeRoom(plain);
    return room(excelBook(office.globals));
  },
});
