using System.Text;

namespace Standstill.Meter.Tests.Formats;

/// <summary>The copied documents.</summary>
internal static class Documents
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "testdata", name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The real scrape of a node of eight idle H100.</summary>
    public static byte[] Scrape => Bytes("dcgm/h100x8_idle_real.prom");
}
