using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Standstill.EndToEnd;

/// <summary>A running node's ledger read by the specs alone, as a stranger's tool would.</summary>
public sealed class C2spTests(ToldDemo demo)
{
    [Fact]
    public async Task A_stranger_recomputes_checkpoint_tiles_and_root_from_the_entry_bundles()
    {
        var node = await demo.NodeAsync();
        var head = await HeadAsync(node);
        Assert.Equal("standstill.example/sample", head.Origin);
        Assert.True(head.Size > 256, "more than one tile, or this test shows little");

        var leaves = new List<byte[]>();
        for (var index = 0; index * 256 < head.Size; index++)
        {
            var width = (int)Math.Min(256, head.Size - (index * 256));
            var bundle = await node.Http.GetByteArrayAsync(PlainLog.TilePath("entries", index, width));
            var entries = PlainLog.Entries(bundle).ToArray();
            Assert.Equal(width, entries.Length);
            var hashes = entries.Select(PlainLog.LeafHash).ToArray();
            var tile = await node.Http.GetByteArrayAsync(PlainLog.TilePath("0", index, width));
            Assert.Equal(hashes.SelectMany(h => h), tile);
            leaves.AddRange(hashes);
        }

        Assert.Equal(head.Root, PlainLog.Root(leaves.ToArray()));
        var full = (int)(head.Size / 256);
        var above = await node.Http.GetByteArrayAsync(PlainLog.TilePath("1", 0, full));
        Assert.Equal(leaves.Chunk(256).Take(full).SelectMany(c => PlainLog.Root(c)), above);
    }

    [Fact]
    public async Task Checkpoints_are_fresh_and_tiles_are_for_ever()
    {
        var node = await demo.NodeAsync();
        var head = await HeadAsync(node);
        using var checkpoint = await node.Http.GetAsync("checkpoint");
        Assert.Equal("text/plain; charset=utf-8", checkpoint.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-cache", checkpoint.Headers.CacheControl?.ToString());
        foreach (var path in new[] { PlainLog.TilePath("0", 0, 256), PlainLog.TilePath("entries", head.Size / 256, (int)(head.Size % 256)) })
        {
            using var tile = await node.Http.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, tile.StatusCode);
            Assert.Equal("application/octet-stream", tile.Content.Headers.ContentType?.ToString());
            Assert.Equal(["max-age=31536000", "public", "immutable"], tile.Headers.GetValues("Cache-Control").Single().Split(", ").OrderBy(d => "mpi".IndexOf(d[0])));
        }
    }

    [Fact]
    public async Task What_is_not_published_or_not_canonical_is_not_found()
    {
        var node = await demo.NodeAsync();
        var size = (await HeadAsync(node)).Size;
        var (last, rest) = ($"{size / 256:000}", size % 256);
        string[] absent =
        [
            $"tile/0/{last}.p/{rest + 1}", $"tile/entries/{last}.p/{rest + 1}", $"tile/0/{last}", $"tile/entries/{last}", $"tile/0/{(size / 256) + 1:000}.p/1",
            "tile/1/000", $"tile/1/000.p/{(size / 256) + 1}", "tile/2/000.p/1",
            "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/0", "tile/0/0000", "tile/00/000", "tile/0/x000/000", "tile/0/1", "tile/0/-01", "tile/64/000",
            "tile/0/000/", "tile/0//000", "tile//000", "tile/0", "tile/entries", "tile/", "tile/ENTRIES/000", "tile/0/000.P/1", "tile/+0/000", "tile/0/000.p/1/2",
            "tile/0/%30%30%30.p/", "tile/0/..%2f..%2f..%2fkeys%2flog.key", "tile/..%2f..%2fkeys%2flog.key",
        ];
        foreach (var path in absent)
        {
            using var answer = await node.Http.GetAsync(path);
            Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{path}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Node_audits_and_a_canonicalizer_written_elsewhere_agree_on_the_digest()
    {
        var node = await demo.NodeAsync();
        var said = JsonElement.Parse(await node.Http.GetStringAsync("api/world/digest")).GetProperty("digest").GetString();
        var overHttp = await Command.RunAsync(["audit", node.Address.ToString(), "--json"]);
        var overFiles = await Command.RunAsync(["audit", node.Data, "--json"]);
        foreach (var audit in new[] { overHttp, overFiles })
        {
            Assert.Equal(0, audit.Status);
            Assert.True(audit.Json.GetProperty("good").GetBoolean());
            Assert.Equal(said, audit.Json.GetProperty("digest").GetString());
        }

        Assert.Equal(said, overHttp.Json.GetProperty("claimedDigest").GetString());
        var world = JsonElement.Parse(await node.Http.GetByteArrayAsync("api/world"));
        Assert.Equal(said, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(PlainJson.Canonical(world)))));
    }

    [Fact]
    public async Task Every_entry_has_a_receipt_that_a_stranger_can_check()
    {
        var node = await demo.NodeAsync();
        var key = await LogKeyAsync(node);
        foreach (var index in new[] { 0, 1, 2, 127, 255, 256, 257, 280 })
        {
            var receipt = await node.Http.GetByteArrayAsync($"api/entries/{index}/receipt");
            var entry = await node.Http.GetByteArrayAsync($"api/entries/{index}/raw");
            var lines = Encoding.UTF8.GetString(receipt).Split('\n');
            var path = lines.Skip(2).TakeWhile(l => l.Length > 0).Select(Convert.FromBase64String).ToArray();
            Assert.Equal(["c2sp.org/tlog-proof@v1", $"index {index}"], lines[..2]);
            var head = PlainLog.Open(Encoding.UTF8.GetBytes(string.Join('\n', lines[(3 + path.Length)..])), key);
            Assert.Equal(head.Root, RootByPath(PlainLog.LeafHash(entry), index, head.Size, path));
        }
    }

    private static async Task<string> LogKeyAsync(RunningNode node) =>
        JsonElement.Parse(await node.Http.GetStringAsync("api/world/charter")).GetProperty("log").GetString()!;

    private static async Task<PlainLog.Head> HeadAsync(RunningNode node) =>
        PlainLog.Open(await node.Http.GetByteArrayAsync("checkpoint"), await LogKeyAsync(node));

    /// <summary>The root that an inclusion path leads to, by RFC 9162, section 2.1.3.2.</summary>
    private static byte[] RootByPath(byte[] leaf, long index, long size, byte[][] path)
    {
        var (fn, sn, r) = (index, size - 1, leaf);
        foreach (var p in path)
        {
            Assert.NotEqual(0, sn);
            if ((fn & 1) == 1 || fn == sn)
            {
                r = PlainLog.NodeHash(p, r);
                while ((fn & 1) == 0 && fn != 0)
                {
                    (fn, sn) = (fn >> 1, sn >> 1);
                }
            }
            else
            {
                r = PlainLog.NodeHash(r, p);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        Assert.Equal(0, sn);
        return r;
    }
}
