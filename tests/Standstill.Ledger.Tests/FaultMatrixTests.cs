namespace Standstill.Ledger.Tests;

/// <summary>
/// Stops an append after each step that the disk could see, in three ways: the call fails, the process dies, the power goes.
/// Whatever is left must open at the old head or the new one, hold throughout, and grow on.
/// </summary>
public sealed class FaultMatrixTests : IDisposable
{
    /// <summary>How far away the entries are that follow an interruption.</summary>
    private const int Other = 10_000;

    private readonly TemporaryDirectory _temporary = new();
    private readonly NoteSigner _signer = TestData.Signer();

    public void Dispose()
    {
        _signer.Dispose();
        _temporary.Dispose();
    }

    /// <summary>Sizes before and after: within a tile, up to its end, across it, across several, onto a third level, from nothing.</summary>
    public static TheoryData<int, int> Growths => new() { { 0, 1 }, { 0, 300 }, { 10, 20 }, { 250, 256 }, { 250, 260 }, { 256, 257 }, { 511, 1100 } };

    [Theory]
    [MemberData(nameof(Growths))]
    public void A_failure_at_any_step_stops_the_ledger_and_loses_nothing(int before, int after)
    {
        Grow(_temporary.Log, before);
        for (var step = 0; ; step++)
        {
            var directory = Path.Combine(_temporary.Root, $"failed-{step}");
            TemporaryDirectory.Copy(_temporary.Log, directory);
            var left = -1;
            using (var ledger = FileLedger.Open(directory, _signer, (_, _) =>
            {
                if (left-- == 0)
                {
                    throw new IOException("the disk failed");
                }
            }))
            {
                left = step;
                try
                {
                    ledger.Append(TestData.Entries(before, after - before));
                    Assert.True(step > 3, "no step was seen");
                    return;
                }
                catch (IOException failure)
                {
                    Assert.Equal("the disk failed", failure.Message);
                }

                // The state of the disk is unknown: nothing works until it is opened anew.
                Assert.Throws<InvalidOperationException>(() => ledger.Append(TestData.Entries(before, 1)));
                Assert.Throws<InvalidOperationException>(() => ledger.Receipt(0));
            }

            AssertOldOrNew(directory, before, after);
        }
    }

    [Theory]
    [MemberData(nameof(Growths))]
    public void A_loss_of_power_at_any_step_leaves_the_old_head_or_the_new_one(int before, int after)
    {
        var disk = new PowerLoss(_temporary.Log);
        var images = new List<(string Name, int Published)>();
        using (var ledger = FileLedger.Open(_temporary.Log, _signer, (step, path) =>
        {
            disk.See(step, path);
            if (disk.IsRecording)
            {
                foreach (var kind in Enum.GetValues<Survivors>())
                {
                    images.Add((disk.Image(_temporary.Root, kind), 0));
                }
            }
        }))
        {
            ledger.Append(TestData.Entries(0, before));
            disk.IsRecording = true;
            ledger.Append(TestData.Entries(before, after - before));
            foreach (var kind in Enum.GetValues<Survivors>())
            {
                images.Add((disk.Image(_temporary.Root, kind), after));
            }
        }

        Assert.True(images.Count > 12);
        foreach (var (name, published) in images)
        {
            AssertOldOrNew(name, published > 0 ? published : before, after);
        }
    }

    [Fact]
    public void A_ledger_that_dies_while_it_begins_begins_again()
    {
        for (var step = 0; step < 2; step++)
        {
            var left = step;
            var directory = Path.Combine(_temporary.Root, $"begun-{step}");
            Assert.Throws<IOException>(() => FileLedger.Open(directory, _signer, (_, _) =>
            {
                if (left-- == 0)
                {
                    throw new IOException("the disk failed");
                }
            }));
            AssertOldOrNew(directory, 0, 0);
        }
    }

    private void AssertOldOrNew(string directory, int before, int after)
    {
        using (var ledger = FileLedger.Open(directory, _signer))
        {
            var size = (int)ledger.Head.Checkpoint.Size;
            Assert.True(size == before || size == after, $"{directory}: {size}");
            AssertHolds(directory, size);

            // Other entries than those that were interrupted, in steps that pass over the sizes these had reached.
            foreach (var count in new[] { 1, 3, 20, 400 })
            {
                var from = (int)ledger.Head.Checkpoint.Size;
                ledger.Append(TestData.Entries(from + Other, count));
                AssertHolds(directory, from + count, size);
            }
        }

        Directory.Delete(directory, recursive: true);
    }

    private void AssertHolds(string directory, int size, int others = int.MaxValue)
    {
        var check = LedgerCheck.CheckDirectoryAsync(directory, _signer.VerifierKey, (first, entries) =>
        {
            for (var i = 0; i < entries.Length; i++)
            {
                var index = (int)first + i;
                Assert.True(entries[i].Span.SequenceEqual(TestData.EntryAt(index < others ? index : index + Other)), $"{directory}: entry {index}");
            }

            return ValueTask.CompletedTask;
        }).GetAwaiter().GetResult();
        Assert.True(check.TryGet(out var head, out var fault), $"{directory}: {fault}");
        Assert.Equal(size, head.Checkpoint.Size);
    }

    private void Grow(string directory, int size)
    {
        using var ledger = FileLedger.Open(directory, _signer);
        ledger.Append(TestData.Entries(0, size));
    }

    /// <summary>What of the unflushed names reached the disk before the power went.</summary>
    private enum Survivors
    {
        /// <summary>None of them.</summary>
        Flushed,

        /// <summary>The checkpoint alone, before everything it names.</summary>
        FlushedAndCheckpoint,

        /// <summary>All of them.</summary>
        All,
    }

    /// <summary>
    /// A disk that keeps a file's name only once the directory is flushed, and a directory only once the one above it is.
    /// </summary>
    private sealed class PowerLoss(string root)
    {
        private readonly Dictionary<string, byte[]> _cached = [];
        private readonly Dictionary<string, byte[]> _flushed = [];
        private readonly HashSet<string> _directories = [""];
        private int _images;

        public bool IsRecording { get; set; }

        public void See(DurableStep step, string path)
        {
            switch (step)
            {
                case DurableStep.Placed:
                    _cached[path] = File.ReadAllBytes(Path.Combine(root, path));
                    break;
                case DurableStep.DirectorySynced:
                    foreach (var (name, content) in _cached.Where(file => ParentOf(file.Key) == path))
                    {
                        _flushed[name] = content;
                    }

                    foreach (var directory in Directory.EnumerateDirectories(Path.Combine(root, path)))
                    {
                        _directories.Add(Path.GetRelativePath(root, directory));
                    }

                    break;
                case DurableStep.Removed:
                    // A removal that is not flushed may come undone: the flushed names stay.
                    foreach (var name in _cached.Keys.Where(name => name == path || name.StartsWith(path + "/", StringComparison.Ordinal)).ToList())
                    {
                        _cached.Remove(name);
                    }

                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(step));
            }
        }

        public string Image(string under, Survivors survivors)
        {
            var image = Path.Combine(under, $"image-{_images++}");
            Directory.CreateDirectory(image);
            var files = survivors == Survivors.All
                ? new Dictionary<string, byte[]>(_cached)
                : _flushed.Where(file => AncestorsOf(file.Key).All(_directories.Contains)).ToDictionary();
            if (survivors == Survivors.FlushedAndCheckpoint)
            {
                files["checkpoint"] = _cached["checkpoint"];
            }

            foreach (var (name, content) in files)
            {
                var file = Path.Combine(image, name);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllBytes(file, content);
            }

            return image;
        }

        private static string ParentOf(string path) => path.Contains('/') ? path[..path.LastIndexOf('/')] : "";

        private static IEnumerable<string> AncestorsOf(string path)
        {
            for (var parent = ParentOf(path); parent.Length > 0; parent = ParentOf(parent))
            {
                yield return parent;
            }
        }
    }
}
