import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;

/**
 * What Kafka answers to requests with an error. Each line of the input has an API key, a version,
 * an error code, a request's bytes in hex and an answer's. The output has the bytes of Kafka's own
 * answer, then that and the given one as JSON by Kafka's converters; "none" where there is no answer, "absent"
 * where these jars lack the version, "refused" where Kafka takes the request for malformed.
 */
public final class ErrorAnswers {
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        try (BufferedReader in
                = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.println(answer(line.split("\t", -1)).replace('\n', ' '));
            }
        }
        out.flush();
    }

    private static String answer(String[] cells) {
        short id = Short.parseShort(cells[0]);
        short version = Short.parseShort(cells[1]);
        if (!ApiKeys.hasId(id)
            || version < ApiKeys.forId(id).messageType.lowestSupportedVersion()
            || version > ApiKeys.forId(id).messageType.highestSupportedVersion(true)) {
            return "absent\t\t";
        }
        ApiKeys api = ApiKeys.forId(id);
        AbstractResponse response;
        try {
            response = AbstractRequest.parseRequest(api, version, accessor(cells[3])).request
                .getErrorResponse(0, Errors.forCode(Short.parseShort(cells[2])).exception());
        } catch (RuntimeException malformed) {
            return "refused\t" + malformed.toString().replaceAll("\\s+", " ") + "\t";
        }
        if (response == null) {
            return "none\tnone\t" + shown(api, version, cells[4]);
        }
        ApiMessage data = response.data();
        String theirs = hex(data, version);
        return theirs + "\t" + shown(api, version, theirs) + "\t" + shown(api, version, cells[4]);
    }

    private static String hex(ApiMessage message, short version) {
        ObjectSerializationCache cache = new ObjectSerializationCache();
        ByteBuffer buffer = ByteBuffer.allocate(message.size(cache, version));
        message.write(new ByteBufferAccessor(buffer), cache, version);
        return HexFormat.of().formatHex(buffer.array());
    }

    /** As JSON of what the bytes say, so that both answers are shown with what their version has. */
    private static String shown(ApiKeys api, short version, String hex) {
        if (hex.equals("none")) {
            return hex;
        }
        try {
            ApiMessage fresh = api.messageType.newResponse();
            fresh.read(accessor(hex), version);
            Class<?> converter = Class.forName(fresh.getClass().getName() + "JsonConverter");
            return converter.getMethod("write", fresh.getClass(), short.class)
                .invoke(null, fresh, version).toString();
        } catch (ReflectiveOperationException | RuntimeException unreadable) {
            return unreadable.toString().replaceAll("\\s+", " ");
        }
    }

    private static ByteBufferAccessor accessor(String hex) {
        return new ByteBufferAccessor(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }
}
