using System.CommandLine;
using Standstill.Protocol;

namespace Standstill.Cli.Commands;

/// <summary>`standstill world`: what the entries establish.</summary>
internal static class WorldCommand
{
    public static Command Make()
    {
        var source = new Argument<string>("source") { Description = "The ledger: an http address or a directory" };
        var key = Inputs.LogKey();
        var size = new Option<long?>("--size") { Description = "Fold only this many entries" };
        var asOf = Inputs.AsOf();
        var json = Inputs.Json();
        var command = new Command("world", """
            Audit a ledger, fold it, and tell what holds: since which entry, and what would change it

            With --json the whole world document; its canonical form (RFC 8785) has the digest as SHA-256.

            Examples:
              standstill world http://127.0.0.1:7800
              standstill world /mnt/copy --size 120 --json
              standstill world /mnt/copy --as-of 2026-12-31
            """) { source, key, size, asOf, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var world = await Inputs.WorldAsync(parsed.GetValue(source)!, parsed.GetValue(key), parsed.GetValue(size), parsed.GetValue(asOf), cancellation);
            if (parsed.GetValue(json))
            {
                Output.Json(WorldDocument.Write(world));
                return Exit.Good;
            }

            Output.Line($"{world.Charter?.Name ?? "no charter"}{(world.Charter?.Sample == true ? " (SAMPLE: nothing here binds anybody)" : "")}");
            Output.Line($"as of {UtcTime.Format(world.Now)}, {world.Size} entries, {world.Parties.Count} parties, digest {WorldDocument.DigestOf(world)}");
            Output.Line();
            Output.Table(["what holds", "since", "entry", "what would change it"], Findings.Of(world).Select(f =>
                new[] { f.Text, $"{f.Since.Time:yyyy-MM-dd HH:mm}", f.Since.Entry.ToString(), f.Changes }));
            return Exit.Good;
        });
        return command;
    }
}
