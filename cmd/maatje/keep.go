package main

import (
	"context"
	"os"

	"maatje/internal/app"
)

type makeBackup struct {
	place
	To     string   `arg:"" placeholder:"DIR|FILE" help:"A folder, in which the two files are named after the moment; or the name of the file for the data."`
	KeysTo string   `placeholder:"DIR|FILE" help:"Where the keys go; default beside the data. Keep them for 30 days at most."`
	Also   []string `placeholder:"age1..." help:"Somebody else who can open the backup, as an address of the program age."`
}

func (c makeBackup) Run(ctx context.Context) error {
	return app.Backup(ctx, c.at(), app.Backups{Data: c.To, Keys: c.KeysTo, Others: c.Also}, os.Stdout)
}

type restore struct {
	place
	File     string `arg:"" type:"existingfile" help:"The backup of the data, maatje-....data.age."`
	KeysFrom string `type:"existingfile" placeholder:"FILE" help:"The backup of the keys; default the newest beside the data."`
	Recovery string `type:"existingfile" placeholder:"FILE" help:"The recovery key, from maatje keys recover; without it two sheets are asked for."`
}

func (c restore) Run(ctx context.Context) error {
	return app.Restore(ctx, c.at(), app.Restored{Data: c.File, Keys: c.KeysFrom, Recovery: c.Recovery, Sheets: os.Stdin}, os.Stdout)
}

type keys struct {
	State   keyState   `cmd:"" help:"Tell which keys there are and where."`
	Rotate  rotateKey  `cmd:"" help:"Make a new master key and wrap every key under it. The program must be stopped for a moment."`
	Seal    sealKey    `cmd:"" help:"Put the key file under a passphrase, which is asked for at every start."`
	Split   splitKey   `cmd:"" help:"Print the recovery key as three sheets, of which two open every backup."`
	Recover recoverKey `cmd:"" help:"Make the recovery key of two sheets, or put a lost master key back."`
}

type keyState struct{ place }

func (c keyState) Run(ctx context.Context) error { return app.KeyState(ctx, c.at(), os.Stdout) }

type splitKey struct{ place }

func (c splitKey) Run(ctx context.Context) error { return app.SplitKeys(ctx, c.at(), os.Stdout) }

type recoverKey struct {
	place
	Out  string `placeholder:"FILE" help:"Write the recovery key to a new file, for maatje restore --recovery."`
	From string `type:"existingfile" placeholder:"FILE" help:"A backup of the keys: put the master key in it back where it was lost."`
}

func (c recoverKey) Run(ctx context.Context) error {
	return app.RecoverKeys(ctx, c.at(), app.Recovered{Sheets: os.Stdin, Out: c.Out, From: c.From}, os.Stdout)
}

type rotateKey struct {
	place
	Out string `placeholder:"FILE" help:"Where the new key is written, if the old one comes from the environment or from systemd."`
}

func (c rotateKey) Run(ctx context.Context) error {
	return app.RotateKeys(ctx, c.at(), c.Out, os.Stdout)
}

type sealKey struct{ place }

func (c sealKey) Run(ctx context.Context) error { return app.SealKey(ctx, c.at(), os.Stdin, os.Stdout) }
