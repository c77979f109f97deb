using Standstill.Ledger;

namespace Standstill.Node.Api;

/// <summary>The ledger's files over HTTP as c2sp.org/tlog-tiles lays them out; a static web server could do the same.</summary>
internal static class LedgerApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/checkpoint", Checkpoint).WithName("checkpoint").WithTags("ledger")
            .WithSummary("The published checkpoint, a C2SP signed note");
        routes.MapGet("/tile/{**path}", Tile).WithName("tile").WithTags("ledger")
            .WithSummary("A hash tile or an entry bundle, C2SP tlog-tiles");
    }

    private static IResult Checkpoint(HttpResponse response, Sequencer sequencer)
    {
        response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(sequencer.Current.Head.ToBytes(), "text/plain; charset=utf-8");
    }

    private static IResult Tile(HttpResponse response, DataDirectory data, Sequencer sequencer, string path = "")
    {
        if (!TilePath.TryParse("tile/" + path, out var tile, out var error))
        {
            return Problems.NoSuch($"tile `{path}`", error);
        }

        // INVARIANT (published): an append in progress may have written further tiles; they are nobody's to see yet.
        var width = TilePath.WidthAt(tile.Level, tile.Index, sequencer.Current.Head.Checkpoint.Size);
        var file = Path.Combine(data.Ledger, tile.ToString().Replace('/', Path.DirectorySeparatorChar));
        if (tile.Width > width || !File.Exists(file))
        {
            return Problems.NoSuch($"tile `{tile}`", $"ask for the width that the checkpoint names, {width}, or for the full tile");
        }

        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.PhysicalFile(file, "application/octet-stream");
    }
}
