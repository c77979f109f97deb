using System.Text.Json;

namespace Standstill.Ledger.Tests;

/// <summary>Where the copied vectors are, and what several tests need to make ledgers.</summary>
internal static class TestData
{
    /// <summary>The seed of the Go note tests' family: any fixed one would do.</summary>
    public const string PrivateKey = "PRIVATE+KEY+transparency.dev/tessera/example+ae330e15+AXEwZQ2L6Ga3NX70ITObzyfEIketMr2o9Kc+ed/rt/QR";

    public const string PublicKey = "transparency.dev/tessera/example+ae330e15+ASf4/L1zE859VqlfQgGzKy34l91Gl8W6wfwp+vKP62DW";

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "testdata", name);

    public static JsonElement Json(string name) => JsonDocument.Parse(File.ReadAllBytes(PathOf(name))).RootElement;

    public static NoteSigner Signer()
    {
        Assert.True(NoteSigner.TryParse(PrivateKey, out var signer, out var error), error);
        return signer;
    }

    public static NoteVerifierKey Key(string text)
    {
        Assert.True(NoteVerifierKey.TryParse(text, out var key, out var error), error);
        return key;
    }

    /// <summary>Entries of lengths 0 to 40, all different from index 1 on.</summary>
    public static ReadOnlyMemory<byte>[] Entries(int from, int count) =>
        [.. Enumerable.Range(from, count).Select(i => (ReadOnlyMemory<byte>)EntryAt(i))];

    public static byte[] EntryAt(int i)
    {
        if (i == 0)
        {
            return [];
        }

        var text = System.Text.Encoding.UTF8.GetBytes($"entry {i} ");
        return [.. text, .. Enumerable.Range(0, i % 30).Select(k => (byte)k)];
    }
}

/// <summary>A directory that goes away with the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public TemporaryDirectory() => Root = Directory.CreateTempSubdirectory("standstill-ledger-").FullName;

    public string Root { get; }

    public string Log => Path.Combine(Root, "log");

    /// <summary>Copies a ledger without what is not published.</summary>
    public static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(from, file);
            if (name.StartsWith(".ledger", StringComparison.Ordinal))
            {
                continue;
            }

            var target = Path.Combine(to, name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
