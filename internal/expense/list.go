package expense

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"maatje/internal/web/cell"
	"maatje/internal/web/text"
)

// heads are the columns of the treasurer's list.
func heads(l text.Lang) []string {
	return []string{l.ExpenseWho(), l.ExpenseMonthLabel(), l.ExpenseKmLabel(), l.ExpenseKmAmount(), l.ExpenseOwnAmount(), l.ExpenseTotal(), l.ExpenseStateLabel(), l.ExpensePaidOn()}
}

// euros writes cents for a program to read.
func euros(cents int) string { return fmt.Sprintf("%d.%02d", cents/100, cents%100) }

// WriteCSV writes the treasurer's list as a table of text: amounts with a dot, days as 2026-11-14.
func WriteCSV(w io.Writer, l text.Lang, list []Sheet) error {
	out := csv.NewWriter(w)
	rows := [][]string{heads(l)}
	for _, s := range list {
		rows = append(rows, []string{cell.Harmless(s.Name), s.Month.String(), fmt.Sprint(s.Km), euros(s.KmCents), euros(s.OwnCents), euros(s.Cents()),
			l.ExpenseState(string(s.State)), s.PaidOn.String()})
	}
	return errors.Join(out.WriteAll(rows), out.Error())
}

const sheetName = "Maatje"

// WriteXLSX writes the treasurer's list as a workbook: amounts are numbers, days are days, and the last row adds up.
func WriteXLSX(w io.Writer, l text.Lang, list []Sheet) error {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()                      // it has no file of its own to lose
	money, err1 := f.NewStyle(&excelize.Style{NumFmt: 4}) // 1,234.50, in the reader's notation
	date := "dd-mm-yyyy"
	days, err2 := f.NewStyle(&excelize.Style{CustomNumFmt: &date})
	month := "mm-yyyy"
	months, err3 := f.NewStyle(&excelize.Style{CustomNumFmt: &month})
	err := errors.Join(err1, err2, err3, f.SetSheetName("Sheet1", sheetName))
	put := func(column string, row int, value any, style int) {
		if cell := fmt.Sprintf("%s%d", column, row); err == nil {
			err = errors.Join(f.SetCellValue(sheetName, cell, value), f.SetCellStyle(sheetName, cell, cell, style))
		}
	}
	for i, h := range heads(l) {
		put(string(rune('A'+i)), 1, h, 0)
	}
	row, total := 2, 0
	for _, s := range list {
		put("A", row, cell.Harmless(s.Name), 0)
		put("B", row, s.Month.First().Time(), months)
		put("C", row, s.Km, 0)
		put("D", row, float64(s.KmCents)/100, money)
		put("E", row, float64(s.OwnCents)/100, money)
		put("F", row, float64(s.Cents())/100, money)
		put("G", row, l.ExpenseState(string(s.State)), 0)
		if !s.PaidOn.IsZero() {
			put("H", row, s.PaidOn.Time(), days)
		}
		row, total = row+1, total+s.Cents()
	}
	put("A", row, l.ExpenseTotal(), 0)
	put("F", row, float64(total)/100, money)
	if err == nil {
		err = errors.Join(f.SetColWidth(sheetName, "A", "A", 30), f.SetColWidth(sheetName, "B", "H", 16))
	}
	if err != nil {
		return err
	}
	return f.Write(w)
}
