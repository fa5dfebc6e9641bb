import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.ObjectSerializationCache;

/**
 * Kafka's own codecs as a filter. Each line of the input names a message, a version, its JSON and,
 * after a tab each, bytes in hex. The answer is what Kafka writes for the JSON, and what it writes
 * after reading the bytes; or "absent" when these jars lack the message or the version.
 */
public final class KafkaCodec {
    private static final String CONVERTER = "JsonConverter.class";
    private final Map<String, String> classes = new HashMap<>();
    private final ObjectMapper mapper = new ObjectMapper();

    public static void main(String[] arguments) throws Exception {
        KafkaCodec codec = new KafkaCodec();
        codec.indexJars();
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        try (BufferedReader in
                = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.println(codec.answer(line.split("\t", -1)));
            }
        }
        out.flush();
    }

    /** Every generated message has a converter to JSON beside it. */
    private void indexJars() throws Exception {
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!path.endsWith(".jar")) {
                continue;
            }
            try (JarFile jar = new JarFile(path)) {
                jar.stream().map(JarEntry::getName).filter(n -> n.endsWith(CONVERTER)).forEach(n -> {
                    String name = n.substring(0, n.length() - CONVERTER.length()).replace('/', '.');
                    classes.put(name.substring(name.lastIndexOf('.') + 1), name);
                });
            }
        }
    }

    private String answer(String[] cells) {
        String name = classes.getOrDefault(cells[0] + "Data", classes.get(cells[0]));
        if (name == null) {
            return "absent";
        }
        try {
            short version = Short.parseShort(cells[1]);
            Message fresh = (Message) Class.forName(name).getDeclaredConstructor().newInstance();
            if (version < fresh.lowestSupportedVersion() || version > fresh.highestSupportedVersion()) {
                return "absent";
            }
            Method read = Class.forName(name + "JsonConverter").getMethod("read", JsonNode.class, short.class);
            Message message = (Message) read.invoke(null, mapper.readTree(cells[2]), version);
            byte[] bytes = HexFormat.of().parseHex(cells[3]);
            fresh.read(new ByteBufferAccessor(ByteBuffer.wrap(bytes)), version);
            return hex(message, version) + "\t" + hex(fresh, version);
        } catch (Exception problem) {
            Throwable cause = problem.getCause() == null ? problem : problem.getCause();
            return "error " + cause.toString().replaceAll("\\s+", " ");
        }
    }

    private static String hex(Message message, short version) {
        ObjectSerializationCache cache = new ObjectSerializationCache();
        ByteBuffer buffer = ByteBuffer.allocate(message.size(cache, version));
        message.write(new ByteBufferAccessor(buffer), cache, version);
        return HexFormat.of().formatHex(buffer.array());
    }
}
